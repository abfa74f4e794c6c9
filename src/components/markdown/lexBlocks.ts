import { Lexer, type MarkedToken, type Token } from 'marked';
import { isTooComplex, MAX_TEXT } from './limits.js';

/** Where `[text][label]` leads: label to address. */
export type ReferenceLinks = ReadonlyMap<string, { href: string; title: string | null }>;

/** One block of the outermost level: a paragraph, a list, a table. Inline marks are not parsed yet. */
export interface Block {
  token: MarkedToken;
  /** Where its source begins and ends, in UTF-16 units. */
  start: number;
  end: number;
  /** Link definitions that stand in it. */
  links: ReferenceLinks | undefined;
}

/** Text cut into blocks. Blocks keep their identity from one call to the next while their source stays the same. */
export interface LexedText {
  source: string;
  blocks: readonly Block[];
  links: ReferenceLinks;
  /** The text is beyond a limit and is to be shown as it is. */
  isPlain: boolean;
}

/**
 * How many blocks at the end stay open. The last one grows, and its last line, once whole, may turn out to belong to the
 * block before: `1` after a list is a paragraph, `1.` is another item.
 */
const OPEN_BLOCKS = 2;

const NO_LINKS: ReferenceLinks = new Map();

/** Cuts text into blocks; of text that has grown since `previous` only the open end is lexed again. */
export function lexBlocks(text: string, previous?: LexedText): LexedText {
  const source = text.replace(/\r\n?/g, '\n');
  if (previous?.source === source) return previous;
  const grown = previous !== undefined && source.startsWith(previous.source) ? previous : undefined;
  const kept = grown === undefined ? [] : settledBlocks(grown);
  const start = kept.length === 0 ? 0 : (grown?.blocks[kept.length]?.start ?? 0);

  if (grown?.isPlain === true || source.length > MAX_TEXT || isTooComplex(source.slice(start))) return plain(source);
  const tokens = lexTop(source.slice(start));
  if (tokens === undefined) return plain(source);

  const blocks = [...kept];
  let offset = start;
  for (const token of tokens) {
    const end = offset + token.raw.length;
    if (isKnown(token) && token.type !== 'space') {
      const before = grown?.blocks[blocks.length];
      const isSame = before?.start === offset && before.token.raw === token.raw && before.token.type === token.type;
      blocks.push(isSame ? before : { token, start: offset, end, links: linksOf([token]) });
    }
    offset = end;
  }
  return { source, blocks, links: shareLinks(blocks, previous?.links ?? NO_LINKS), isPlain: false };
}

/** Blocks that no further text can change. */
function settledBlocks({ source, blocks }: LexedText): Block[] {
  let count = Math.max(0, blocks.length - OPEN_BLOCKS);
  // What follows a block without a blank line between may turn out to be a part of it.
  while (count > 0 && !isAfterBlank(source, blocks[count]?.start ?? 0)) count -= 1;
  return blocks.slice(0, count);
}

function isAfterBlank(source: string, start: number): boolean {
  return source.startsWith('\n\n', start - 2);
}

/** Lexes the blocks of text, without their inline marks; undefined where the parser gives up. */
export function lexTop(text: string): Token[] | undefined {
  try {
    return new Lexer({ gfm: true }).blockTokens(text, []);
  } catch {
    // A text that defeats the parser is still a text: it is shown as it stands.
    return undefined;
  }
}

/** Lexes the inline marks of a paragraph. */
export function lexInline(text: string, links: ReferenceLinks): Token[] {
  const lexer = new Lexer({ gfm: true });
  const table = Object.fromEntries(links);
  // The parser looks labels up by name: `[constructor]` must not find what every object inherits.
  Object.setPrototypeOf(table, null);
  lexer.tokens.links = table;
  return lexer.inlineTokens(text, []);
}

/** Whether a token is one of the kinds that the parser makes without extensions. */
export function isKnown(token: Token): token is MarkedToken {
  return KINDS.has(token.type);
}

const KINDS = new Set<string>([
  'blockquote', 'br', 'checkbox', 'code', 'codespan', 'def', 'del', 'em', 'escape', 'heading', 'hr', 'html', 'image', 'link', 'list',
  'list_item', 'paragraph', 'space', 'strong', 'table', 'text',
] satisfies MarkedToken['type'][]);

function plain(source: string): LexedText {
  return { source, blocks: [], links: NO_LINKS, isPlain: true };
}

function linksOf(tokens: readonly Token[]): ReferenceLinks | undefined {
  const links = new Map<string, { href: string; title: string | null }>();
  const walk = (level: readonly Token[]): void => {
    for (const token of level) {
      if (!isKnown(token)) continue;
      if (token.type === 'def' && !links.has(token.tag)) links.set(token.tag, { href: token.href, title: token.title ?? null });
      else if (token.type === 'blockquote') walk(token.tokens);
      else if (token.type === 'list') for (const item of token.items) walk(item.tokens);
    }
  };
  walk(tokens);
  return links.size === 0 ? undefined : links;
}

/** All definitions, the first of a label winning; the previous map if nothing has changed, since every block depends on it. */
function shareLinks(blocks: readonly Block[], previous: ReferenceLinks): ReferenceLinks {
  const links = new Map<string, { href: string; title: string | null }>();
  for (const block of blocks) {
    block.links?.forEach((link, label) => {
      if (!links.has(label)) links.set(label, link);
    });
  }
  if (links.size !== previous.size) return links;
  for (const [label, link] of links) {
    const before = previous.get(label);
    if (before?.href !== link.href || before.title !== link.title) return links;
  }
  return previous;
}
