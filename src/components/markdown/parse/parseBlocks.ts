import {
  BlockTree,
  readTaskState,
  type Container,
  type OpenItem,
  type TopBlock,
} from './BlockTree.js';
import type { Leaf } from './finishLeaf.js';
import { Line } from './Line.js';
import {
  isClosingFence,
  isThematicBreak,
  readDelimiterRow,
  readFence,
  readHeading,
  readHeadingUnderline,
  readHtml,
  readListMarker,
  splitRow,
} from './lineSyntax.js';
import type { Block, ListItem } from './tokens.js';

/** Maximum depth of quotes and list items. Deeper blocks are rendered as plain text. */
const MAX_DEPTH = 64;

/** From this indentation on, a line is code and does not start another block. */
const CODE_INDENT = 4;

/** Matches an unfinished line that may become several blocks: `-` a list or a thematic break, `|` a table or text. */
const AMBIGUOUS =
  /^(?:[-*+_=~`>•‣◦⁃▪▫●○■□]|--|\*\*|__|~~|``|#{1,6}|\d{1,3}[.)]?|\|[\s|:-]*|\[[ xX]?\]?)\s*$/;

/**
 * Parses a document into blocks, in linear time. Lines end with line feeds. Inline text is not parsed: see `parseInline`.
 *
 * Follows the strategy of CommonMark: a line passes through the open containers, outermost first. After the last container that
 * it belongs to, it may open further containers. The rest of the line is added to a leaf.
 *
 * @param isStreaming The text is still growing. An ambiguous line at its end is ignored, and the header of a table is a table.
 */
export function parseBlocks(text: string, isStreaming = false): TopBlock[] {
  const tree = new BlockTree();
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = new Line(text.slice(start, end), isStreaming && newline === -1);
    tree.lineStart = start;
    tree.blankIndex = addLine(tree, line);
    start = end + 1;
  }
  return tree.finish(text, isStreaming);
}

/** Adds a line. Returns the index of the innermost container that it is blank in, or undefined if it is not blank. */
function addLine(tree: BlockTree, line: Line): number | undefined {
  const matchedCount = matchContainers(tree, line);
  tree.matchedCount = matchedCount;
  if (tree.isMatched && addToVerbatimLeaf(tree, line)) return undefined;

  while (line.content !== '') {
    if (line.isUnfinished && skipAmbiguous(tree, line.content)) return tree.blankIndex;
    if (tree.matchedCount - 1 > MAX_DEPTH) {
      tree.convertToPlain();
      addToParagraph(tree, line);
      return undefined;
    }
    if (!openContainer(tree, line)) {
      addToLeaf(tree, line);
      return undefined;
    }
  }
  if (tree.isMatched && tree.leaf?.type === 'indented')
    tree.leaf.lines.push(readIndentedCode(line));
  else tree.closeUnmatched();
  // The blank first line of an item does not separate blocks.
  if (tree.matchedCount > matchedCount) return undefined;
  // A blank line in a quote is not blank for the containers of the quote.
  return tree.containers.findLastIndex(({ item }) => item === undefined);
}

/** Returns true for the end of a growing text that may become several blocks. It may show already that an item is a task. */
function skipAmbiguous(tree: BlockTree, content: string): boolean {
  if (!AMBIGUOUS.test(content)) return false;
  const item = tree.containers.at(-1)?.item?.token;
  if (item?.blocks.length === 0) item.isChecked = readTaskState(content);
  return true;
}

/** Returns the number of open containers that a line belongs to, and reads their markers and indentation. */
function matchContainers(tree: BlockTree, line: Line): number {
  const unmatched = tree.containers.findIndex(
    (container, index) => index > 0 && !matchContainer(tree, container, line),
  );
  return unmatched === -1 ? tree.containers.length : unmatched;
}

function matchContainer({ leaf }: BlockTree, { item, blocks }: Container, line: Line): boolean {
  if (item === undefined) return skipQuoteMarker(line);
  // An item may start with one blank line, but not with two.
  if (line.content === '') return blocks.length > 0 || leaf !== undefined;
  if (line.indent < item.contentIndent) {
    if (!isBulletBelowNumber(item, line)) return false;
    item.contentIndent = line.indent;
  }
  line.skipIndent(item.contentIndent);
  return true;
}

/** Models indent a bullet below a number by two columns, although three are correct. */
function isBulletBelowNumber({ indent, list }: OpenItem, line: Line): boolean {
  if (list.start === undefined || line.indent < indent + 2) return false;
  return readListMarker(line.content)?.length === 1;
}

/** Adds a line to code or raw HTML, in which no other block can start. Returns false if the line does not belong to it. */
function addToVerbatimLeaf(tree: BlockTree, line: Line): boolean {
  const { leaf } = tree;
  switch (leaf?.type) {
    case 'fenced':
      addToFencedCode(tree, leaf, line);
      return true;
    case 'html':
      if (leaf.end === undefined && line.content === '') return false;
      leaf.lines.push(line.text);
      if (leaf.end?.test(line.text) === true) tree.closeLeaf();
      return true;
    case 'indented':
      if (line.indent < CODE_INDENT || line.content === '') return false;
      leaf.lines.push(readIndentedCode(line));
      return true;
    default:
      return false;
  }
}

function addToFencedCode(tree: BlockTree, leaf: Leaf & { type: 'fenced' }, line: Line): void {
  const content = line.indent < CODE_INDENT ? line.content.trimEnd() : '';
  if (isClosingFence(content, leaf.fence)) {
    tree.closeLeaf();
    return;
  }
  const isUnfinishedFence = line.isUnfinished && content !== '' && leaf.fence.startsWith(content);
  if (isUnfinishedFence) return;
  line.skipIndent(leaf.indent);
  leaf.lines.push(line.text);
}

/** Opens a quote or a list item. Returns false if the line starts neither. */
function openContainer(tree: BlockTree, line: Line): boolean {
  return openQuote(tree, line) || openListItem(tree, line);
}

function openQuote(tree: BlockTree, line: Line): boolean {
  if (!skipQuoteMarker(line)) return false;
  const blocks: Block[] = [];
  tree.add({ type: 'quote', blocks });
  tree.openContainer({ blocks });
  return true;
}

function openListItem(tree: BlockTree, line: Line): boolean {
  const { content, indent } = line;
  const marker = indent < CODE_INDENT ? readListMarker(content) : undefined;
  if (marker === undefined) return false;
  const start = marker.length > 1 ? Number.parseInt(marker, 10) : undefined;
  // A line of a paragraph may start with a number or a dash.
  const isInParagraph = tree.isMatched && tree.leaf?.type === 'paragraph';
  if (isInParagraph && (content.trimEnd() === marker || (start ?? 1) !== 1)) return false;

  line.skipContent(marker.length);
  // More than four spaces are one space and indented code.
  const padding = line.content === '' || line.indent > CODE_INDENT ? 1 : line.indent;
  line.skipIndent(padding);
  const list = tree.continueList({
    type: 'list',
    delimiter: marker.slice(-1),
    start,
    isLoose: false,
    items: [],
  });
  const token: ListItem = { blocks: [], isChecked: undefined };
  list.items.push(token);
  tree.openContainer({
    blocks: token.blocks,
    item: { token, list, indent, contentIndent: indent + marker.length + padding },
  });
  return true;
}

/** Adds the rest of a line to the open leaf, or opens a leaf with it. */
function addToLeaf(tree: BlockTree, line: Line): void {
  const { content, indent, isUnfinished } = line;
  const paragraph = tree.leaf?.type === 'paragraph' ? tree.leaf : undefined;
  if (indent >= CODE_INDENT) {
    if (paragraph !== undefined) return addToParagraph(tree, line);
    return tree.openLeaf({ type: 'indented', lines: [readIndentedCode(line)] });
  }
  const heading = readHeading(content);
  if (heading !== undefined) return tree.add({ type: 'heading', ...heading, isUnfinished });
  const fence = readFence(content);
  if (fence !== undefined) return tree.openLeaf({ type: 'fenced', ...fence, indent, lines: [] });
  const html = readHtml(content, paragraph !== undefined);
  if (html !== undefined) {
    tree.openLeaf({ type: 'html', ...html, lines: [] });
    addToVerbatimLeaf(tree, line);
    return;
  }
  if (tree.isMatched && paragraph && convertParagraph(tree, paragraph, content)) return;
  if (isThematicBreak(content)) tree.add({ type: 'thematicBreak' });
  else addToParagraph(tree, line);
}

/** Converts the open paragraph to a heading, or its last line to a table, if the line below says so. */
function convertParagraph(tree: BlockTree, paragraph: Leaf, content: string): boolean {
  const level = readHeadingUnderline(content);
  if (level !== undefined) return tree.convertToHeading(level);
  const header = paragraph.lines.at(-1) ?? '';
  if (readDelimiterRow(content)?.length !== splitRow(header).length) return false;
  paragraph.lines.pop();
  if (paragraph.lines.length > 0) tree.closeLeaf();
  tree.leaf = { type: 'table', lines: [header, content] };
  return true;
}

/**
 * Adds a line to the open table or paragraph, or starts a paragraph. A line belongs to a paragraph even if it does not belong to
 * the containers of the paragraph.
 */
function addToParagraph(tree: BlockTree, { content }: Line): void {
  const { leaf } = tree;
  if (leaf?.type === 'paragraph' || (leaf?.type === 'table' && tree.isMatched))
    leaf.lines.push(content);
  else tree.openLeaf({ type: 'paragraph', lines: [content] });
}

function skipQuoteMarker(line: Line): boolean {
  if (line.indent >= CODE_INDENT || !line.content.startsWith('>')) return false;
  line.skipContent(1);
  line.skipIndent(1);
  return true;
}

function readIndentedCode(line: Line): string {
  line.skipIndent(CODE_INDENT);
  return line.text;
}
