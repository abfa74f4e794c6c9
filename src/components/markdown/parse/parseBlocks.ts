import { closesFence, isRule, readCells, readColumns, readFence, readHeading, readHtml, readItemMark, readUnderline } from './blockStarts.js';
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
  for (let start = 0; start < text.length; ) {
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
  const left = tree.containers.findIndex((container, depth) => depth > 0 && !goesOn(tree, container, line));
  const isWithin = left === -1;
  if (isWithin && addToCode(tree, line)) return undefined;
  const reached = isWithin ? tree.containers.length : left;

  let depth = reached;
  while (!line.isBlank) {
    if (line.isUnfinished && UNDECIDED.test(line.rest)) return tree.blankIn;
    if (depth - 1 > MAX_DEPTH) {
      tree.giveUp();
      addText(tree, line, { depth, isWithin });
      return undefined;
    }
    if (!openContainer(tree, line, { depth, isWithin })) {
      openLeaf(tree, line, { depth, isWithin });
      return undefined;
    }
    depth += 1;
  }
  if (isWithin && tree.leaf?.type === 'indented') tree.leaf.lines.push(readIndented(line));
  else tree.closeTo(depth);
  // What begins an item with a blank line is not apart; and a blank line in a quote is none for what is around the quote.
  return depth > reached ? undefined : tree.containers.findLastIndex(({ item }) => item === undefined);
}

/** Where a line has got to. */
interface Reached {
  /** How many containers it belongs to. */
  depth: number;
  /** Those are all that were open. */
  isWithin: boolean;
}

/** Whether a line belongs to a container; if so its marks and blanks are read. */
function goesOn({ leaf }: BlockTree, { item, blocks }: Container, line: Line): boolean {
  if (item === undefined) return readQuoteMark(line);
  // An item may begin with one blank line, not with two.
  if (line.isBlank) return blocks.length > 0 || leaf !== undefined;
  if (line.indent < item.width) {
    // Models put two blanks before what stands below `1.`, where three would be right.
    const isBelow = line.indent >= item.indent + 2 && item.list.start !== undefined && isBullet(line.rest);
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
      if (leaf.end === undefined && line.isBlank) return false;
      leaf.lines.push(line.whole);
      if (leaf.end?.test(line.whole) === true) tree.closeLeaf();
      return true;
    case 'indented':
      if (line.indent < 4 || line.isBlank) return false;
      leaf.lines.push(readIndented(line));
      return true;
    default:
      return false;
  }
}

/** Opens a quote or an item, if the line begins one. */
function openContainer(tree: BlockTree, line: Line, { depth, isWithin }: Reached): boolean {
  if (readQuoteMark(line)) {
    const blocks: Block[] = [];
    tree.add({ type: 'quote', blocks }, depth);
    tree.addContainer({ blocks });
    return true;
  }
  const { rest, indent } = line;
  const found = indent >= 4 || isRule(rest) ? undefined : readItemMark(rest);
  if (found === undefined) return false;
  const { mark, number } = found;
  // In the middle of a sentence a line may well begin with a number or a dash.
  const isInText = isWithin && tree.leaf?.type === 'paragraph';
  if (isInText && (rest.trimEnd() === mark || (number !== undefined && number !== 1))) return false;

  line.skipMark(mark.length);
  // With five blanks or more the item begins with indented code.
  const blanks = line.isBlank || line.indent > 4 ? 1 : line.indent;
  line.skipBlanks(blanks);
  const list = tree.addToList({ type: 'list', mark: mark.slice(-1), start: number, isLoose: false, items: [] }, depth);
  const token: Item = { blocks: [], isDone: undefined };
  list.items.push(token);
  tree.addContainer({ blocks: token.blocks, item: { token, list, indent, width: indent + mark.length + blanks } });
  return true;
}

/** Begins a block that holds no others, or adds to the one that is open. */
function openLeaf(tree: BlockTree, line: Line, reached: Reached): void {
  const { rest, indent } = line;
  const { depth, isWithin } = reached;
  const start = tree.lineStart;
  const text = tree.leaf?.type === 'paragraph' ? tree.leaf : undefined;
  if (indent >= 4) {
    if (text !== undefined) return addText(tree, line, reached);
    return tree.addLeaf({ type: 'indented', start, lines: [readIndented(line)] }, depth);
  }
  const heading = readHeading(rest);
  if (heading !== undefined) return tree.add({ type: 'heading', ...heading, isOpen: line.isUnfinished }, depth);
  const fence = readFence(rest);
  if (fence !== undefined) return tree.addLeaf({ type: 'fenced', ...fence, start, indent, lines: [] }, depth);
  const html = readHtml(rest, text !== undefined);
  if (html !== undefined) {
    tree.addLeaf({ type: 'html', ...html, start, lines: [] }, depth);
    addToCode(tree, line);
    return;
  }
  if (isWithin && text !== undefined) {
    const level = readUnderline(rest);
    if (level !== undefined && tree.underline(level)) return;
    if (level === undefined && makeTable(tree, text, rest)) return;
  }
  if (isRule(rest)) tree.add({ type: 'rule' }, depth);
  else addText(tree, line, reached);
}

/** Makes a table of the last line of a paragraph, if this is the line below the header of one. */
function makeTable(tree: BlockTree, text: Leaf, rest: string): boolean {
  const header = text.lines.at(-1) ?? '';
  if (readColumns(rest)?.length !== readCells(header).length) return false;
  text.lines.pop();
  if (text.lines.length > 0) tree.closeLeaf();
  tree.leaf = { type: 'table', start: text.start, lines: [header, rest] };
  return true;
}

/** Adds a line to a paragraph, even to one whose container it has left, or to a table; else begins a paragraph. */
function addText(tree: BlockTree, { rest }: Line, { depth, isWithin }: Reached): void {
  const { leaf } = tree;
  if (leaf?.type === 'paragraph' || (leaf?.type === 'table' && isWithin)) leaf.lines.push(rest);
  else tree.addLeaf({ type: 'paragraph', start: tree.lineStart, lines: [rest] }, depth);
}

function readQuoteMark(line: Line): boolean {
  if (line.indent >= 4 || line.character !== '>') return false;
  line.skipMark(1);
  line.skipBlanks(1);
  return true;
}

function readIndented(line: Line): string {
  line.skipBlanks(4);
  return line.whole;
}

function isBullet(rest: string): boolean {
  const found = readItemMark(rest);
  return found !== undefined && found.number === undefined && !isRule(rest);
}
