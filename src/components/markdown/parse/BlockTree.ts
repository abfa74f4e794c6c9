import { finishLeaf, type Leaf } from './finishLeaf.js';
import type { Block, List, ListItem } from './tokens.js';

/** Block that contains blocks: the document, a quote or a list item. */
export interface Container {
  blocks: Block[];
  /** Undefined for the document and for quotes. */
  item?: OpenItem;
}

/** List item to which lines can be added. */
export interface OpenItem {
  token: ListItem;
  list: List;
  /** Columns before its marker. */
  indent: number;
  /** Columns before its content. Lines that are indented as far belong to the item. */
  contentIndent: number;
}

/** Block at the top level of a document. */
export interface TopBlock {
  block: Block;
  /** Start of its first line, in UTF-16 units. */
  start: number;
}

/**
 * Document to which lines are added: finished blocks, and the open ones, which are nested containers with a leaf in the innermost
 * one.
 */
export class BlockTree {
  readonly #topBlocks: Block[] = [];
  /** Start of each top-level block. */
  readonly #starts: number[] = [];
  /** Indexes of top-level blocks that are rendered as plain text. */
  readonly #plain = new Set<number>();
  #leafStart = 0;
  /** Open containers, outermost first. The first is the document. */
  readonly containers: Container[] = [{ blocks: this.#topBlocks }];
  /** Number of open containers that the current line belongs to. */
  matchedCount = 0;
  /** Open leaf in the innermost container. */
  leaf: Leaf | undefined;
  /** Start of the current line in the text. */
  lineStart = 0;
  /** Index of the innermost container that the previous line was blank in. Undefined if it was not blank. */
  blankIndex: number | undefined;

  /** The current line belongs to all open containers. */
  get isMatched(): boolean {
    return this.matchedCount === this.containers.length;
  }

  /** Adds a finished block to the innermost container of the line. */
  add(block: Block): void {
    this.closeUnmatched();
    this.#updateLooseness();
    this.#push(block, this.lineStart);
  }

  /** Opens a container, whose block was added before. */
  openContainer(container: Container): void {
    this.matchedCount = this.containers.push(container);
  }

  /** Opens a leaf in the innermost container of the line. */
  openLeaf(leaf: Leaf): void {
    this.closeUnmatched();
    this.#updateLooseness();
    this.leaf = leaf;
    this.#leafStart = this.lineStart;
  }

  /** Returns the list that a new item continues: the last block, if it is a list with the same delimiter, or the new list. */
  continueList(newList: List): List {
    this.closeUnmatched();
    const last = this.containers.at(-1)?.blocks.at(-1);
    if (last?.type !== 'list' || last.delimiter !== newList.delimiter) {
      this.add(newList);
      return newList;
    }
    if (this.#isAfterBlankLine()) last.isLoose = true;
    return last;
  }

  /** Converts the open paragraph to a heading. Returns false if the paragraph contains only link definitions. */
  convertToHeading(level: number): boolean {
    this.closeLeaf();
    const blocks = this.containers.at(-1)?.blocks ?? [];
    const last = blocks.at(-1);
    if (last?.type !== 'paragraph') return false;
    blocks[blocks.length - 1] = { ...last, type: 'heading', level };
    return true;
  }

  /** Renders the open top-level block as plain text. */
  convertToPlain(): void {
    this.#plain.add(this.#topBlocks.length - 1);
  }

  /** Closes the leaf and the containers that the line does not belong to. */
  closeUnmatched(): void {
    this.closeLeaf();
    this.containers.length = this.matchedCount;
  }

  /** @param isUnfinished The leaf is the end of a growing text. */
  closeLeaf(isUnfinished = false): void {
    const { leaf } = this;
    if (leaf === undefined) return;
    this.leaf = undefined;
    for (const block of finishLeaf(leaf, isUnfinished)) this.#push(block, this.#leafStart);
  }

  /** Closes all blocks. Returns those of the top level. */
  finish(text: string, isUnfinished: boolean): TopBlock[] {
    this.closeLeaf(isUnfinished);
    if (isUnfinished) this.#continueTasks();
    return this.#topBlocks.map((block, index) => {
      const start = this.#starts[index] ?? 0;
      if (!this.#plain.has(index)) return { block, start };
      const source = text.slice(start, this.#starts[index + 1]).trim();
      return { block: { type: 'plain', text: source }, start };
    });
  }

  /** Makes a list loose if a blank line precedes the next block of its item. */
  #updateLooseness(): void {
    const { item, blocks = [] } = this.containers.at(-1) ?? {};
    if (item !== undefined && blocks.length > 0 && this.#isAfterBlankLine())
      item.list.isLoose = true;
  }

  /** Makes the empty last item of a growing list of tasks a task, because an item without a box would move. */
  #continueTasks(): void {
    const { item, blocks } = this.containers.at(-1) ?? {};
    if (item === undefined || blocks?.length !== 0) return;
    const others = item.list.items.slice(0, -1);
    if (others.length > 0 && others.every(({ isChecked }) => isChecked !== undefined))
      item.token.isChecked ??= false;
  }

  #push(block: Block, start: number): void {
    const container = this.containers.at(-1);
    if (container === undefined) return;
    const { blocks, item } = container;
    if (item !== undefined && blocks.length === 0 && block.type === 'paragraph')
      extractTaskMarker(item.token, block);
    if (blocks === this.#topBlocks) this.#starts.push(start);
    blocks.push(block);
  }

  #isAfterBlankLine(): boolean {
    return this.blankIndex !== undefined && this.blankIndex < this.containers.length;
  }
}

/** Reads the box of a task whose text is still to come. Returns undefined for what may become a link. */
export function readTaskState(content: string): boolean | undefined {
  if (/^\[[xX]\]/.test(content)) return true;
  return content.startsWith('[ ') ? false : undefined;
}

/** Moves `[x]` from the text of an item to its state. */
function extractTaskMarker(item: ListItem, paragraph: { text: string }): void {
  const marker = /^\[([ xX])\]\s+(?=\S)/.exec(paragraph.text);
  if (marker === null) return;
  item.isChecked = marker[1] !== ' ';
  paragraph.text = paragraph.text.slice(marker[0].length);
}
