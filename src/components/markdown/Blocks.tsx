import type { MarkedToken, Token, Tokens } from 'marked';
import { memo, useContext, type ReactElement } from 'react';
import { useComponents } from '../ComponentsProvider.js';
import { useConversationTexts } from '../i18n/TextsContext.js';
import { scrollRegion } from '../part.js';
import { CodeBlock as OurCodeBlock } from './CodeBlock.js';
import { Inline } from './Inline.js';
import { isKnown } from './lexBlocks.js';
import { MAX_CELLS, MAX_COLUMNS, MAX_DEPTH } from './limits.js';
import { MarkdownContext } from './MarkdownContext.js';
import { removeMarks } from './marks.js';
import { PlainText } from './PlainText.js';

/** Blocks of markdown, each rendered again only if its source has changed. */
export function Blocks({ tokens, depth }: { tokens: readonly Token[]; depth: number }): ReactElement[] {
  // A block is known by its place: while text grows, blocks are added behind and never move.
  return tokens.filter(isShown).map((token, index) => <BlockView key={index} token={token} depth={depth} />);
}

interface BlockProps {
  token: MarkedToken;
  depth: number;
}

const BlockView = memo(function BlockView({ token, depth }: BlockProps): ReactElement | null {
  if (depth > MAX_DEPTH) return <PlainText text={token.raw} />;
  switch (token.type) {
    case 'paragraph':
      return (
        <p dir="auto">
          <Inline source={withoutCheckbox(token)} />
        </p>
      );
    case 'text':
      return <Inline source={withoutCheckbox(token)} />;
    case 'heading':
      return <Heading token={token} />;
    case 'list':
      return <List token={token} depth={depth} />;
    case 'blockquote':
      return (
        <blockquote dir="auto">
          <Blocks tokens={token.tokens} depth={depth + 1} />
        </blockquote>
      );
    case 'code':
      return <Code token={token} />;
    case 'table':
      return <Table token={token} />;
    case 'hr':
      return <hr />;
    case 'html':
      return <Plain text={token.text.trimEnd()} />;
    default:
      // What only stands inside a paragraph does not come here; if it does, its source is shown.
      return <Plain text={token.raw} />;
  }
}, isSameBlock);

function isSameBlock(before: BlockProps, after: BlockProps): boolean {
  return before.token === after.token || (before.token.type === after.token.type && before.token.raw === after.token.raw && before.depth === after.depth);
}

/** Modest headings, two levels below those of the page around them. */
function Heading({ token }: { token: Tokens.Heading }): ReactElement {
  const Level = (['h3', 'h4', 'h5', 'h6'] as const)[Math.min(token.depth, 4) - 1] ?? 'h6';
  return (
    <Level dir="auto" data-level={token.depth}>
      <Inline source={token.text} />
    </Level>
  );
}

function List({ token, depth }: { token: Tokens.List; depth: number }): ReactElement {
  const items = token.items.map((item, index) => <Item key={index} item={item} isLoose={token.loose} depth={depth + 1} />);
  const isTasks = token.items.every((item) => item.task);
  const attributes = { 'data-tasks': isTasks ? '' : undefined, dir: 'auto' };
  if (!token.ordered) return <ul {...attributes}>{items}</ul>;
  return (
    <ol {...attributes} start={typeof token.start === 'number' ? token.start : undefined}>
      {items}
    </ol>
  );
}

const Item = memo(
  function Item({ item, depth }: { item: Tokens.ListItem; isLoose: boolean; depth: number }): ReactElement {
    const texts = useConversationTexts();
    return (
      <li>
        {item.task && (
          <input
            type="checkbox"
            checked={item.checked === true}
            readOnly
            disabled
            aria-label={item.checked === true ? texts.markdown.taskDone : texts.markdown.taskOpen}
          />
        )}
        <Blocks tokens={item.tokens} depth={depth} />
      </li>
    );
  },
  (before, after) =>
    before.item === after.item || (before.item.raw === after.item.raw && before.isLoose === after.isLoose && before.depth === after.depth),
);

function Code({ token }: { token: Tokens.Code }): ReactElement {
  const { CodeBlock = OurCodeBlock } = useComponents();
  const { marks } = useContext(MarkdownContext);
  const language = /^[\w+#.-]{1,32}/.exec(token.lang ?? '')?.[0];
  return <CodeBlock code={removeMarks(token.text, marks)} language={language} />;
}

function Plain({ text }: { text: string }): ReactElement {
  return <PlainText text={text} marks={useContext(MarkdownContext).marks} />;
}

function Table({ token }: { token: Tokens.Table }): ReactElement {
  const texts = useConversationTexts();
  if (token.header.length > MAX_COLUMNS || token.header.length * token.rows.length > MAX_CELLS) return <Plain text={token.raw} />;
  return (
    <div data-part="markdown-table" {...scrollRegion(texts.markdown.table)}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={index} scope="col" data-align={cell.align ?? undefined} dir="auto">
                <Inline source={cell.text} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, rowIndex) => (
            <tr key={rowIndex}>
              {row.map((cell, index) => (
                <td key={index} data-align={cell.align ?? undefined} dir="auto">
                  <Inline source={cell.text} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function withoutCheckbox(token: Tokens.Paragraph | Tokens.Text | Tokens.Tag): string {
  const first = 'tokens' in token ? token.tokens?.[0] : undefined;
  return first?.type === 'checkbox' ? token.text.slice(first.raw.length) : token.text;
}

function isShown(token: Token): token is MarkedToken {
  return isKnown(token) && token.type !== 'space' && token.type !== 'def' && token.type !== 'checkbox';
}
