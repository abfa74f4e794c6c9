import { memo, useContext, type ReactElement } from 'react';
import { useComponents } from '../ComponentsProvider.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { scrollRegion } from '../part.js';
import { CodeBlock as OurCodeBlock } from './CodeBlock.js';
import { Inline } from './Inline.js';
import { MarkdownContext } from './MarkdownContext.js';
import { removeMarks } from './marks.js';
import type { Block, Code, Heading, Item, List, Table } from './parse/tokens.js';
import { PlainText } from './PlainText.js';

/** Blocks of markdown, each rendered again only if it has changed. */
export function Blocks({ blocks, isTight = false }: { blocks: readonly Block[]; isTight?: boolean }): ReactElement[] {
  // A block is known by its place: while text grows, blocks are added behind and never move.
  return blocks.map((block, index) => <BlockView key={index} block={block} isTight={isTight} />);
}

interface BlockProps {
  block: Block;
  /** It stands in a list whose items are lines, not paragraphs. */
  isTight: boolean;
}

const BlockView = memo(function BlockView({ block, isTight }: BlockProps): ReactElement | null {
  switch (block.type) {
    case 'paragraph': {
      const text = <Inline source={block.text} isOpen={block.isOpen} />;
      return isTight ? text : <p dir="auto">{text}</p>;
    }
    case 'heading':
      return <HeadingView heading={block} />;
    case 'list':
      return <ListView list={block} />;
    case 'quote':
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'code':
      return <CodeView code={block} />;
    case 'table':
      return <TableView table={block} />;
    case 'rule':
      return <hr />;
    case 'plain':
      return <PlainView text={block.text} />;
    case 'definitions':
      return null;
  }
});

/** Modest headings, two levels below those of the page around them. */
function HeadingView({ heading: { level, text, isOpen } }: { heading: Heading }): ReactElement {
  const Level = (['h3', 'h4', 'h5', 'h6'] as const)[Math.min(level, 4) - 1] ?? 'h6';
  return (
    <Level dir="auto" data-level={level}>
      <Inline source={text} isOpen={isOpen} />
    </Level>
  );
}

function ListView({ list: { start, items, isLoose } }: { list: List }): ReactElement {
  const shown = items.map((item, index) => <ItemView key={index} item={item} isTight={!isLoose} />);
  const isTasks = items.every(({ isDone }) => isDone !== undefined);
  const attributes = { 'data-tasks': isTasks ? '' : undefined, dir: 'auto' };
  if (start === undefined) return <ul {...attributes}>{shown}</ul>;
  return (
    <ol {...attributes} start={start}>
      {shown}
    </ol>
  );
}

const ItemView = memo(function ItemView({ item: { blocks, isDone }, isTight }: { item: Item; isTight: boolean }): ReactElement {
  const texts = useConversationTexts();
  return (
    <li>
      {isDone !== undefined && (
        <input type="checkbox" checked={isDone} readOnly disabled aria-label={isDone ? texts.markdown.taskDone : texts.markdown.taskOpen} />
      )}
      <Blocks blocks={blocks} isTight={isTight} />
    </li>
  );
});

function CodeView({ code: { text, info } }: { code: Code }): ReactElement {
  const { CodeBlock = OurCodeBlock } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const language = /^[\w+#.-]{1,32}/.exec(info)?.[0];
  return <CodeBlock code={removeMarks(text, marks)} language={language} />;
}

function TableView({ table: { columns, rows, openColumn } }: { table: Table }): ReactElement {
  const texts = useConversationTexts();
  const [header = [], ...others] = rows;
  const open = rows.at(-1);
  return (
    <div data-part="markdown-table" {...scrollRegion(texts.markdown.table)}>
      <table>
        <thead>
          <tr>
            {header.map((cell, index) => (
              <th key={index} scope="col" data-align={columns[index]} dir="auto">
                <Inline source={cell} isOpen={header === open && index === openColumn} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {others.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, index) => (
                <td key={index} data-align={columns[index]} dir="auto">
                  <Inline source={cell} isOpen={cells === open && index === openColumn} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PlainView({ text }: { text: string }): ReactElement {
  return <PlainText text={text} marks={useContext(MarkdownContext).marks} />;
}
