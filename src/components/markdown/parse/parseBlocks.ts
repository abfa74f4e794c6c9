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

/** Quotes and items of lists nested deeper than this are shown as they are written. */
const MAX_DEPTH = 64;

/** What may still become something else in a line that is being written: `-` a list or a rule, `|` a table. */
const UNDECIDED = /^(?:[-*+_=~`>]|--|\*\*|__|~~|``|#{1,6}|\d{1,3}[.)]?|\|[\s|:-]*|\[[ xX]?\]?)\s*$/;

/**
 * Cuts text into blocks, in time linear in the text. Lines end in line feeds.
 *
 * The strategy is CommonMark's: a line is led through the containers that are open, outermost first. Where it leaves them, or
 * behind the innermost, it may open others, and what remains of it is added to a leaf.
 * @param isOpen The text still grows: marks of a block at its end wait until they are decided, and the header of a table
 * already is one.
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

/** Gives the depth of the container within which the line is blank; undefined where it is not. */
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
  // What begins an item with a blank line is not apart; and a blank line in a quote is none for what is around the quote.
  return tree.reached > depth
    ? undefined
    : tree.containers.findLastIndex(({ item }) => item === undefined);
}

/** Whether a line belongs to a container; if so its marks and blanks are read. */
function goesOn({ leaf }: BlockTree, { item, blocks }: Container, line: Line): boolean {
  if (item === undefined) return readQuoteMark(line);
  // An item may begin with one blank line, not with two.
  if (line.rest === '') return blocks.length > 0 || leaf !== undefined;
  if (line.indent < item.width) {
    // Models put two blanks before what stands below `1.`, where three would be right.
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

/** Adds a line to code or raw HTML, in which nothing else can begin. */
function addToCode(tree: BlockTree, line: Line): boolean {
  const { leaf } = tree;
  switch (leaf?.type) {
    case 'fenced': {
      const mark = line.indent < 4 ? line.rest.trimEnd() : '';
      if (closesFence(mark, leaf.fence)) tree.closeLeaf();
      // Of a fence that is being written nothing is shown.
      else if (!line.isUnfinished || mark === '' || !leaf.fence.startsWith(mark)) {
        line.skipBlanks(leaf.indent);
        leaf.lines.push(line.whole);
      }
      return true;
    }
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

/** Opens a quote or an item, if the line begins one. */
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
  // In the middle of a sentence a line may well begin with a number or a dash.
  const isInText = tree.isWithin && tree.leaf?.type === 'paragraph';
  if (isInText && (rest.trimEnd() === mark || (start ?? 1) !== 1)) return false;

  line.skipMark(mark.length);
  // With five blanks or more the item begins with indented code.
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

/** Begins a block that holds no others, or adds to the one that is open. */
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

/** Makes a table of the last line of a paragraph, if this is the line below the header of one. */
function makeTable(tree: BlockTree, text: Leaf, rest: string): boolean {
  const header = text.lines.at(-1) ?? '';
  if (readColumns(rest)?.length !== readCells(header).length) return false;
  text.lines.pop();
  if (text.lines.length > 0) tree.closeLeaf();
  tree.leaf = { type: 'table', lines: [header, rest] };
  return true;
}

/** Adds a line to a paragraph, even to one whose container it has left, or to a table; else begins a paragraph. */
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
