import { finishLeaf, type Leaf } from './leaves.js';
import type { Block, Item, List } from './tokens.js';

/** What holds blocks: the whole text, a quote, or an item of a list. */
export interface Container {
  blocks: Block[];
  item?: OpenItem;
}

/** An item to which lines may be added. */
export interface OpenItem {
  token: Item;
  list: List;
  /** Columns before its mark, and those that a line must leave blank to belong to it. */
  indent: number;
  width: number;
}

/** A block of the outermost level. */
export interface TopBlock {
  block: Block;
  /** Where its first line begins, in UTF-16 units. */
  start: number;
}

/** Blocks as they are made of lines: those that are finished, and a path of open ones down to the leaf that grows. */
export class BlockTree {
  readonly #tops: Block[] = [];
  /** The open ones, outermost first; the whole text is the first. */
  readonly containers: Container[] = [{ blocks: this.#tops }];
  /** To how many of them the line belongs that is being read, as far as it has been. */
  reached = 0;
  /** What grows by lines, in the innermost container. */
  leaf: Leaf | undefined;
  /** Where the line begins that is being read. */
  lineStart = 0;
  /** The container within which the line before was blank, by its depth; undefined where it was not. */
  blankIn: number | undefined;
  /** Where the leaf begins, and the blocks of the outermost level. */
  #leafStart = 0;
  readonly #starts: number[] = [];
  readonly #plain = new Set<number>();

  /** The line that is being read belongs to all that was open. */
  get isWithin(): boolean {
    return this.reached === this.containers.length;
  }

  /** Adds a block to the innermost container that the line has reached; everything further in is finished. */
  add(block: Block): void {
    this.close();
    this.#begin();
    this.#push(block, this.lineStart);
  }

  addContainer(container: Container): void {
    this.reached = this.containers.push(container);
  }

  /** Begins a block to which lines can be added. */
  addLeaf(leaf: Leaf): void {
    this.close();
    this.#begin();
    this.leaf = leaf;
    this.#leafStart = this.lineStart;
  }

  /** The list that ends the innermost container that the line has reached, if its items have the same mark, or a new one. */
  addToList(list: List): List {
    this.close();
    const last = this.containers.at(-1)?.blocks.at(-1);
    if (last?.type !== 'list' || last.mark !== list.mark) {
      this.add(list);
      return list;
    }
    if (this.#isAfterBlank()) last.isLoose = true;
    return last;
  }

  /** Makes a heading of the paragraph that has ended; false if nothing but link definitions was in it. */
  underline(level: number): boolean {
    this.closeLeaf();
    const blocks = this.containers.at(-1)?.blocks ?? [];
    const last = blocks.at(-1);
    if (last?.type !== 'paragraph') return false;
    blocks[blocks.length - 1] = { ...last, type: 'heading', level };
    return true;
  }

  /** Has the outermost block that is open shown as it is written. */
  giveUp(): void {
    this.#plain.add(this.#tops.length - 1);
  }

  /** Finishes all that the line does not belong to. */
  close(): void {
    this.closeLeaf();
    this.containers.length = this.reached;
  }

  /** Finishes the leaf. @param isOpen Only because the text ends, which still grows. */
  closeLeaf(isOpen = false): void {
    const { leaf } = this;
    if (leaf === undefined) return;
    this.leaf = undefined;
    for (const block of finishLeaf(leaf, isOpen)) this.#push(block, this.#leafStart);
  }

  /** Finishes all, and gives the outermost blocks of the text. */
  end(text: string, isOpen: boolean): TopBlock[] {
    this.closeLeaf(isOpen);
    return this.#tops.map((block, index) => {
      const start = this.#starts[index] ?? 0;
      return {
        block: this.#plain.has(index)
          ? { type: 'plain', text: text.slice(start, this.#starts[index + 1]).trim() }
          : block,
        start,
      };
    });
  }

  /** A blank line between two blocks of an item makes its list loose. */
  #begin(): void {
    const container = this.containers.at(-1);
    if (container?.item !== undefined && container.blocks.length > 0 && this.#isAfterBlank())
      container.item.list.isLoose = true;
  }

  #push(block: Block, start: number): void {
    const container = this.containers.at(-1);
    if (container === undefined) return;
    const { blocks, item } = container;
    if (item !== undefined && blocks.length === 0 && block.type === 'paragraph')
      readTask(item.token, block);
    if (blocks === this.#tops) this.#starts.push(start);
    blocks.push(block);
  }

  /** Whether the line before was blank for the innermost container. */
  #isAfterBlank(): boolean {
    return this.blankIn !== undefined && this.blankIn < this.containers.length;
  }
}

/** Takes `[x]` from the text of an item that is a task. */
function readTask(item: Item, paragraph: { text: string }): void {
  const mark = /^\[([ xX])\]\s+(?=\S)/.exec(paragraph.text);
  if (mark === null) return;
  item.isDone = mark[1] !== ' ';
  paragraph.text = paragraph.text.slice(mark[0].length);
}
