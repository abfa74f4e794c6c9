import { createElement, memo, useCallback, useContext, type ReactElement } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { getTextDirection } from '../getTextDirection.js';
import { useTexts } from '../i18n/useTexts.js';
import { getScrollRegionProps, asPart } from '../part.js';
import { CodeBlock as DefaultCodeBlock } from './CodeBlock.js';
import { extrasLoader, useMarkdownExtras } from './useMarkdownExtras.js';
import { Inline } from './Inline.js';
import { MarkdownContext } from './MarkdownContext.js';
import { removeMarks } from './marks.js';
import { decodeText, type NameDecoder } from './parse/decodeText.js';
import { getBlocksText } from './parse/getBlocksText.js';
import type { Block, Code, Heading, List, ListItem, Table } from './parse/tokens.js';
import { PlainText } from './PlainText.js';
import { useNamedCharacters } from './useNamedCharacters.js';

/** Blocks of markdown. A block renders again only if it has changed. */
export function Blocks({
  blocks,
  isTight = false,
}: {
  blocks: readonly Block[];
  isTight?: boolean;
}): ReactElement[] {
  // The index is a stable key: while text grows, blocks are appended and never move.
  return blocks.map((block, index) => <BlockView key={index} block={block} isTight={isTight} />);
}

interface BlockProps {
  block: Block;
  /** The block is in a tight list, whose items contain text and no paragraphs. */
  isTight: boolean;
}

const BlockView = memo(function BlockView({ block, isTight }: BlockProps): ReactElement | null {
  switch (block.type) {
    case 'paragraph': {
      const text = <Inline source={block.text} isUnfinished={block.isUnfinished} />;
      return isTight ? text : <p dir={getTextDirection(block.text)}>{text}</p>;
    }
    case 'heading':
      return <HeadingView {...block} />;
    case 'list':
      return <ListView {...block} />;
    case 'quote':
      return (
        <blockquote dir={getBlocksDirection([block])}>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'code':
      return <CodeView {...block} />;
    case 'table':
      return <TableView {...block} />;
    case 'thematicBreak':
      return <hr />;
    case 'plain':
      return <PlainText {...block} />;
    case 'definitions':
      return null;
  }
});

/** Heading, two levels lower than written, because the page around has headings of its own. */
function HeadingView({ level, text, isUnfinished }: Heading): ReactElement {
  return createElement(
    `h${Math.min(level + 2, 6)}`,
    { dir: getTextDirection(text), 'data-level': level },
    <Inline source={text} isUnfinished={isUnfinished} />,
  );
}

function ListView(list: List): ReactElement {
  const { start, items, isLoose } = list;
  const Tag = start === undefined ? 'ul' : 'ol';
  const attributes = { start };
  return (
    <Tag {...attributes} dir={getBlocksDirection([list])}>
      {items.map((item, index) => (
        <ItemView key={index} item={item} isTight={!isLoose} />
      ))}
    </Tag>
  );
}

const ItemView = memo(function ItemView({
  item: { blocks, isChecked },
  isTight,
}: {
  item: ListItem;
  isTight: boolean;
}): ReactElement {
  const texts = useTexts();
  return (
    <li data-task={isChecked === undefined ? undefined : ''} dir={getBlocksDirection(blocks)}>
      {isChecked !== undefined && (
        <input
          type="checkbox"
          checked={isChecked}
          readOnly
          disabled
          aria-label={isChecked ? texts.markdown.taskDone : texts.markdown.taskOpen}
        />
      )}
      <Blocks blocks={blocks} isTight={isTight} />
    </li>
  );
});

function CodeView({ text, info }: Code): ReactElement {
  const { CodeBlock = DefaultCodeBlock } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const decode = useCallback((decodeName: NameDecoder) => decodeText(info, decodeName), [info]);
  const language = /^[\w+#.-]{1,32}/.exec(useNamedCharacters(decode))?.[0];
  return <CodeBlock code={removeMarks(text, marks)} language={language} />;
}

function TableView(block: Table): ReactElement {
  const { columns, rows, unfinishedColumn } = block;
  const texts = useTexts();
  const extras = useMarkdownExtras();
  const renderedRows = rows.map((cells, row) => {
    const Cell = row === 0 ? 'th' : 'td';
    return (
      <tr key={row}>
        {cells.map((cell, index) => (
          <Cell
            key={index}
            scope={row === 0 ? 'col' : undefined}
            data-align={columns[index]}
            dir={getTextDirection(cell)}
          >
            <Inline
              source={cell}
              isUnfinished={row === rows.length - 1 && index === unfinishedColumn}
            />
          </Cell>
        ))}
      </tr>
    );
  });
  return (
    <div {...asPart('table-frame')} dir={getBlocksDirection([block])} {...extrasLoader}>
      <div {...asPart('markdown-table')} {...getScrollRegionProps(texts.markdown.table)}>
        <table>
          <thead>{renderedRows.slice(0, 1)}</thead>
          <tbody>{renderedRows.slice(1)}</tbody>
        </table>
      </div>
      {extras && <extras.TableActions table={block} />}
    </div>
  );
}

/** Length of the text of nested blocks that decides about their direction, in UTF-16 units. */
const MAX_DIRECTION_LENGTH = 2_000;

function getBlocksDirection(blocks: readonly Block[]): ReturnType<typeof getTextDirection> {
  return getTextDirection(getBlocksText(blocks, MAX_DIRECTION_LENGTH));
}
