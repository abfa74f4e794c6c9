/** A line that is read from left to right. A tab counts as blanks up to the next of every four columns. */
export class Line {
  /** What has not been read, blanks included. */
  whole = '';
  /** The same from the first character that is no blank; empty where there is none. */
  rest: string;
  /** Columns of blanks before that. */
  indent = 0;
  /** Its end has not been written yet. */
  readonly isUnfinished: boolean;
  /** Up to here it has been read. */
  #column = 0;

  constructor(text: string, isUnfinished: boolean) {
    this.rest = text;
    this.isUnfinished = isUnfinished;
    this.skipMark(0);
  }

  /** Reads blanks, no more than there are. */
  skipBlanks(columns: number): void {
    for (let left = Math.min(columns, this.indent); left > 0;) {
      const width = widthOf(this.whole[0], this.#column);
      const taken = Math.min(width, left);
      // What is left of a tab stays as blanks.
      this.whole = ' '.repeat(width - taken) + this.whole.slice(1);
      this.#column += taken;
      this.indent -= taken;
      left -= taken;
    }
  }

  /** Reads the blanks and what stands behind them. */
  skipMark(length: number): void {
    this.#column += this.indent + length;
    this.whole = this.rest.slice(length);
    this.indent = 0;
    let at = 0;
    for (let width = 1; width > 0; at += 1) {
      width = widthOf(this.whole[at], this.#column + this.indent);
      this.indent += width;
    }
    this.rest = this.whole.slice(at - 1);
  }
}

/** How many columns a blank takes that begins in one; none what is no blank. */
function widthOf(character: string | undefined, column: number): number {
  return character === ' ' ? 1 : character === '\t' ? 4 - (column % 4) : 0;
}
