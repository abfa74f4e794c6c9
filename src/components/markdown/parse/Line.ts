/** A line that is read from left to right. Tabs advance to the next multiple of four columns. */
export class Line {
  /** The unread rest, including white space. */
  whole = '';
  /** The unread rest from its first non-blank character. Empty if there is none. */
  rest: string;
  /** Columns of white space before that. */
  indent = 0;
  /** The line is not complete yet. */
  readonly isUnfinished: boolean;
  /** The position up to which the line is read. */
  #column = 0;

  constructor(text: string, isUnfinished: boolean) {
    this.rest = text;
    this.isUnfinished = isUnfinished;
    this.skipMark(0);
  }

  /** Reads up to a number of columns of white space. */
  skipBlanks(columns: number): void {
    for (let left = Math.min(columns, this.indent); left > 0;) {
      const width = getWidth(this.whole[0], this.#column);
      const taken = Math.min(width, left);
      // The rest of a tab stays as spaces.
      this.whole = ' '.repeat(width - taken) + this.whole.slice(1);
      this.#column += taken;
      this.indent -= taken;
      left -= taken;
    }
  }

  /** Reads the white space and the text after it. */
  skipMark(length: number): void {
    this.#column += this.indent + length;
    this.whole = this.rest.slice(length);
    this.indent = 0;
    let at = 0;
    for (let width = 1; width > 0; at += 1) {
      width = getWidth(this.whole[at], this.#column + this.indent);
      this.indent += width;
    }
    this.rest = this.whole.slice(at - 1);
  }
}

/** Returns the width of a space or tab at a column. 0 for other characters. */
function getWidth(character: string | undefined, column: number): number {
  if (character === ' ') return 1;
  return character === '\t' ? 4 - (column % 4) : 0;
}
