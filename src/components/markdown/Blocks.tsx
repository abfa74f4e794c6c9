import { createElement, memo, useContext, type ReactElement } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { useTexts } from '../i18n/useTexts.js';
import { getScrollRegionProps } from '../part.js';
import { CodeBlock as OurCodeBlock } from './CodeBlock.js';
import { Inline } from './Inline.js';
import { MarkdownContext } from './MarkdownContext.js';
import { removeMarks } from './marks.js';
import type { Block, Code, Heading, Item, List, Table } from './parse/tokens.js';
import { PlainText } from './PlainText.js';

/** Renders blocks of markdown. Each block renders again only if it has changed. */
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
  /** True inside a tight list, whose items are lines, not paragraphs. */
  isTight: boolean;
}

const BlockView = memo(function BlockView({ block, isTight }: BlockProps): ReactElement | null {
  switch (block.type) {
    case 'paragraph': {
      const text = <Inline source={block.text} isOpen={block.isOpen} />;
      return isTight ? text : <p dir="auto">{text}</p>;
    }
    case 'heading':
      return <HeadingView {...block} />;
    case 'list':
      return <ListView {...block} />;
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'code':
      return <CodeView {...block} />;
    case 'table':
      return <TableView {...block} />;
    case 'rule':
      return <hr />;
    case 'plain':
      return <PlainText {...block} />;
    case 'definitions':
      return null;
  }
});

/** Headings are two levels below those of the surrounding page. */
function HeadingView({ level, text, isOpen }: Heading): ReactElement {
  return createElement(
    `h${Math.min(level + 2, 6)}`,
    { dir: 'auto', 'data-level': level },
    <Inline source={text} isOpen={isOpen} />,
  );
}

function ListView({ start, items, isLoose }: List): ReactElement {
  const Tag = start === undefined ? 'ul' : 'ol';
  const isTasks = items.every(({ isDone }) => isDone !== undefined);
  const attributes = { start, 'data-tasks': isTasks ? '' : undefined };
  return (
    <Tag {...attributes} dir="auto">
      {items.map((item, index) => (
        <ItemView key={index} item={item} isTight={!isLoose} />
      ))}
    </Tag>
  );
}

const ItemView = memo(function ItemView({
  item: { blocks, isDone },
  isTight,
}: {
  item: Item;
  isTight: boolean;
}): ReactElement {
  const texts = useTexts();
  return (
    <li>
      {isDone !== undefined && (
        <input
          type="checkbox"
          checked={isDone}
          readOnly
          disabled
          aria-label={isDone ? texts.markdown.taskDone : texts.markdown.taskOpen}
        />
      )}
      <Blocks blocks={blocks} isTight={isTight} />
    </li>
  );
});

function CodeView({ text, info }: Code): ReactElement {
  const { CodeBlock = OurCodeBlock } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const language = /^[\w+#.-]{1,32}/.exec(info)?.[0];
  return <CodeBlock code={removeMarks(text, marks)} language={language} />;
}

function TableView({ columns, rows, openColumn }: Table): ReactElement {
  const texts = useTexts();
  const shown = rows.map((cells, row) => {
    const Cell = row === 0 ? 'th' : 'td';
    return (
      <tr key={row}>
        {cells.map((cell, index) => (
          <Cell
            key={index}
            scope={row === 0 ? 'col' : undefined}
            data-align={columns[index]}
            dir="auto"
          >
            <Inline source={cell} isOpen={row === rows.length - 1 && index === openColumn} />
          </Cell>
        ))}
      </tr>
    );
  });
  return (
    <div data-part="markdown-table" {...getScrollRegionProps(texts.markdown.table)}>
      <table>
        <thead>{shown.slice(0, 1)}</thead>
        <tbody>{shown.slice(1)}</tbody>
      </table>
    </div>
  );
}
