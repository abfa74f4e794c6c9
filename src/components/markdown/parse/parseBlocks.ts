import {
  closesFence,
  isRule,
  readCells,
  readColumns,
  readFence,
  readHeading,
  readHtml,
  readItemMark,
  readUnderline,
} from './blockStarts.js';
import { BlockTree, type Container, type TopBlock } from './BlockTree.js';
import { Line } from './Line.js';
import type { Leaf } from './leaves.js';
import type { Block, Item } from './tokens.js';

/** Quotes and list items that are nested deeper are rendered as plain text. */
const MAX_DEPTH = 64;

/** Matches an incomplete line that may become another block: `-` a list or a rule, `|` a table. */
const UNDECIDED = /^(?:[-*+_=~`>]|--|\*\*|__|~~|``|#{1,6}|\d{1,3}[.)]?|\|[\s|:-]*|\[[ xX]?\]?)\s*$/;

/**
 * Parses text into blocks in linear time. Lines end with line feeds.
 *
 * The strategy is CommonMark's: each line passes through the open containers, outermost first. After the last one that it belongs
 * to, it may open others, and the rest of the line is added to a leaf.
 *
 * @param isOpen The text is still growing: ambiguous markers at its end wait, and the header of a table is a table already.
 */
export function parseBlocks(text: string, isOpen = false): TopBlock[] {
  const tree = new BlockTree();
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    tree.lineStart = start;
    tree.blankIn = readLine(tree, new Line(text.slice(start, end), isOpen && newline === -1));
    start = end + 1;
  }
  return tree.end(text, isOpen);
}

/** Processes a line. Returns the depth of the container in which it is blank, or undefined if it is not blank. */
function readLine(tree: BlockTree, line: Line): number | undefined {
  const left = tree.containers.findIndex(
    (container, depth) => depth > 0 && !goesOn(tree, container, line),
  );
  const depth = left === -1 ? tree.containers.length : left;
  tree.reached = depth;
  if (tree.isWithin && addToCode(tree, line)) return undefined;

  while (line.rest !== '') {
    if (line.isUnfinished && UNDECIDED.test(line.rest)) return tree.blankIn;
    if (tree.reached - 1 > MAX_DEPTH) {
      tree.giveUp();
      addText(tree, line);
      return undefined;
    }
    if (!openContainer(tree, line)) {
      openLeaf(tree, line);
      return undefined;
    }
  }
  if (tree.isWithin && tree.leaf?.type === 'indented') tree.leaf.lines.push(readIndented(line));
  else tree.close();
  // A blank first line of an item does not separate blocks. A blank line in a quote does not count outside of the quote.
  return tree.reached > depth
    ? undefined
    : tree.containers.findLastIndex(({ item }) => item === undefined);
}

/** Tells if a line belongs to a container, and reads its marker and indentation if so. */
function goesOn({ leaf }: BlockTree, { item, blocks }: Container, line: Line): boolean {
  if (item === undefined) return readQuoteMark(line);
  // An item may start with one blank line, but not with two.
  if (line.rest === '') return blocks.length > 0 || leaf !== undefined;
  if (line.indent < item.width) {
    // Models indent the content of `1.` by two spaces, although three would be correct.
    const isBelow =
      line.indent >= item.indent + 2 &&
      item.list.start !== undefined &&
      readItemMark(line.rest)?.length === 1;
    if (!isBelow) return false;
    item.width = line.indent;
  }
  line.skipBlanks(item.width);
  return true;
}

/** Adds a line to code or raw HTML, in which no other block can start. */
function addToCode(tree: BlockTree, line: Line): boolean {
  const { leaf } = tree;
  switch (leaf?.type) {
    case 'fenced':
      addToFence(tree, leaf, line);
      return true;
    case 'html':
      if (leaf.end === undefined && line.rest === '') return false;
      leaf.lines.push(line.whole);
      if (leaf.end?.test(line.whole) === true) tree.closeLeaf();
      return true;
    case 'indented':
      if (line.indent < 4 || line.rest === '') return false;
      leaf.lines.push(readIndented(line));
      return true;
    default:
      return false;
  }
}

function addToFence(tree: BlockTree, leaf: Leaf & { type: 'fenced' }, line: Line): void {
  const mark = line.indent < 4 ? line.rest.trimEnd() : '';
  if (closesFence(mark, leaf.fence)) {
    tree.closeLeaf();
    return;
  }
  const isClosing = line.isUnfinished && mark !== '' && leaf.fence.startsWith(mark);
  // An incomplete closing fence is not rendered.
  if (isClosing) return;
  line.skipBlanks(leaf.indent);
  leaf.lines.push(line.whole);
}

/** Opens a quote or a list item if the line starts one. */
function openContainer(tree: BlockTree, line: Line): boolean {
  if (readQuoteMark(line)) {
    const blocks: Block[] = [];
    tree.add({ type: 'quote', blocks });
    tree.addContainer({ blocks });
    return true;
  }
  const { rest, indent } = line;
  const mark = indent < 4 ? readItemMark(rest) : undefined;
  if (mark === undefined) return false;
  const start = mark.length > 1 ? Number.parseInt(mark, 10) : undefined;
  // A line within a paragraph may start with a number or a dash.
  const isInText = tree.isWithin && tree.leaf?.type === 'paragraph';
  if (isInText && (rest.trimEnd() === mark || (start ?? 1) !== 1)) return false;

  line.skipMark(mark.length);
  // With five or more spaces the item starts with indented code.
  const blanks = line.rest === '' || line.indent > 4 ? 1 : line.indent;
  line.skipBlanks(blanks);
  const list = tree.addToList({
    type: 'list',
    mark: mark.slice(-1),
    start,
    isLoose: false,
    items: [],
  });
  const token: Item = { blocks: [], isDone: undefined };
  list.items.push(token);
  tree.addContainer({
    blocks: token.blocks,
    item: { token, list, indent, width: indent + mark.length + blanks },
  });
  return true;
}

/** Opens a leaf block, or adds the line to the open one. */
function openLeaf(tree: BlockTree, line: Line): void {
  const { rest, indent } = line;
  const text = tree.leaf?.type === 'paragraph' ? tree.leaf : undefined;
  if (indent >= 4) {
    if (text !== undefined) return addText(tree, line);
    return tree.addLeaf({ type: 'indented', lines: [readIndented(line)] });
  }
  const heading = readHeading(rest);
  if (heading !== undefined)
    return tree.add({ type: 'heading', ...heading, isOpen: line.isUnfinished });
  const fence = readFence(rest);
  if (fence !== undefined) return tree.addLeaf({ type: 'fenced', ...fence, indent, lines: [] });
  const html = readHtml(rest, text !== undefined);
  if (html !== undefined) {
    tree.addLeaf({ type: 'html', ...html, lines: [] });
    addToCode(tree, line);
    return;
  }
  if (tree.isWithin && text !== undefined) {
    const level = readUnderline(rest);
    if (level === undefined ? makeTable(tree, text, rest) : tree.underline(level)) return;
  }
  if (isRule(rest)) tree.add({ type: 'rule' });
  else addText(tree, line);
}

/** Turns the last line of a paragraph into a table if the current line is a delimiter row. */
function makeTable(tree: BlockTree, text: Leaf, rest: string): boolean {
  const header = text.lines.at(-1) ?? '';
  if (readColumns(rest)?.length !== readCells(header).length) return false;
  text.lines.pop();
  if (text.lines.length > 0) tree.closeLeaf();
  tree.leaf = { type: 'table', lines: [header, rest] };
  return true;
}

/** Adds a line to a table or to a paragraph, even outside of its container, or starts a paragraph. */
function addText(tree: BlockTree, { rest }: Line): void {
  const { leaf } = tree;
  if (leaf?.type === 'paragraph' || (leaf?.type === 'table' && tree.isWithin))
    leaf.lines.push(rest);
  else tree.addLeaf({ type: 'paragraph', lines: [rest] });
}

function readQuoteMark(line: Line): boolean {
  if (line.indent >= 4 || !line.rest.startsWith('>')) return false;
  line.skipMark(1);
  line.skipBlanks(1);
  return true;
}

function readIndented(line: Line): string {
  line.skipBlanks(4);
  return line.whole;
}
