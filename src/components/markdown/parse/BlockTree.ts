import { finishLeaf, type Leaf } from './leaves.js';
import type { Block, Item, List } from './tokens.js';

/** A container of blocks: the whole text, a quote, or a list item. */
export interface Container {
  blocks: Block[];
  item?: OpenItem;
}

/** An open list item. */
export interface OpenItem {
  token: Item;
  list: List;
  /** Columns before its marker, and the indentation of lines that belong to it. */
  indent: number;
  width: number;
}

/** A top-level block. */
export interface TopBlock {
  block: Block;
  /** Start of its first line, in UTF-16 units. */
  start: number;
}

/** The block structure while lines are added: finished blocks, and a path of open containers down to the growing leaf. */
export class BlockTree {
  readonly #tops: Block[] = [];
  /** Open containers, outermost first. The first is the whole text. */
  readonly containers: Container[] = [{ blocks: this.#tops }];
  /** The number of open containers that the current line belongs to. */
  reached = 0;
  /** The growing leaf in the innermost container. */
  leaf: Leaf | undefined;
  /** Start of the current line. */
  lineStart = 0;
  /** Depth of the container in which the previous line was blank. Undefined if it was not blank. */
  blankIn: number | undefined;
  /** Start of the leaf, and the top-level blocks. */
  #leafStart = 0;
  readonly #starts: number[] = [];
  readonly #plain = new Set<number>();

  /** True if the current line belongs to all open containers. */
  get isWithin(): boolean {
    return this.reached === this.containers.length;
  }

  /** Adds a block to the innermost container of the line. Closes the containers below. */
  add(block: Block): void {
    this.close();
    this.#begin();
    this.#push(block, this.lineStart);
  }

  addContainer(container: Container): void {
    this.reached = this.containers.push(container);
  }

  /** Opens a leaf. */
  addLeaf(leaf: Leaf): void {
    this.close();
    this.#begin();
    this.leaf = leaf;
    this.#leafStart = this.lineStart;
  }

  /** Returns the last list of the innermost container of the line if its marker matches, else a new list. */
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

  /** Turns the open paragraph into a heading. Returns false if it contains link definitions only. */
  underline(level: number): boolean {
    this.closeLeaf();
    const blocks = this.containers.at(-1)?.blocks ?? [];
    const last = blocks.at(-1);
    if (last?.type !== 'paragraph') return false;
    blocks[blocks.length - 1] = { ...last, type: 'heading', level };
    return true;
  }

  /** Turns the outermost open block into plain text. */
  giveUp(): void {
    this.#plain.add(this.#tops.length - 1);
  }

  /** Closes the containers that the line does not belong to. */
  close(): void {
    this.closeLeaf();
    this.containers.length = this.reached;
  }

  /** Closes the leaf. @param isOpen True at the end of a growing text. */
  closeLeaf(isOpen = false): void {
    const { leaf } = this;
    if (leaf === undefined) return;
    this.leaf = undefined;
    for (const block of finishLeaf(leaf, isOpen)) this.#push(block, this.#leafStart);
  }

  /** Closes everything and returns the top-level blocks. */
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

  /** Tells if the previous line was blank in the innermost container. */
  #isAfterBlank(): boolean {
    return this.blankIn !== undefined && this.blankIn < this.containers.length;
  }
}

/** Removes `[x]` from the text of a task item. */
function readTask(item: Item, paragraph: { text: string }): void {
  const mark = /^\[([ xX])\]\s+(?=\S)/.exec(paragraph.text);
  if (mark === null) return;
  item.isDone = mark[1] !== ' ';
  paragraph.text = paragraph.text.slice(mark[0].length);
}
