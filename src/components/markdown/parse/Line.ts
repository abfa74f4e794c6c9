/** Line that is read from left to right. A tab advances to the next multiple of four columns. */
export class Line {
  /** Unread part, including leading white space. */
  text = '';
  /** Unread part from its first character that is not white space. Empty for a blank line. */
  content: string;
  /** Columns of white space before `content`. */
  indent = 0;
  /** The line is the end of a growing text. */
  readonly isUnfinished: boolean;
  /** Column at which the unread part starts. */
  #column = 0;

  constructor(text: string, isUnfinished: boolean) {
    this.content = text;
    this.isUnfinished = isUnfinished;
    this.skipContent(0);
  }

  /** Reads up to a number of columns of white space. */
  skipIndent(columns: number): void {
    for (let remaining = Math.min(columns, this.indent); remaining > 0;) {
      const width = getWidth(this.text[0], this.#column);
      const taken = Math.min(width, remaining);
      // The rest of a partially read tab becomes spaces.
      this.text = ' '.repeat(width - taken) + this.text.slice(1);
      this.#column += taken;
      this.indent -= taken;
      remaining -= taken;
    }
  }

  /** Reads the white space and a number of characters after it. */
  skipContent(length: number): void {
    this.#column += this.indent + length;
    this.text = this.content.slice(length);
    this.indent = 0;
    const whiteSpace = /^[ \t]*/.exec(this.text)?.[0] ?? '';
    for (const character of whiteSpace)
      this.indent += getWidth(character, this.#column + this.indent);
    this.content = this.text.slice(whiteSpace.length);
  }
}

/** Returns the width of a space or a tab at a column, and 0 for other characters. */
function getWidth(character: string | undefined, column: number): number {
  if (character === ' ') return 1;
  return character === '\t' ? 4 - (column % 4) : 0;
}
