/** A line that is read from left to right. A tab counts as blanks up to the next of every four columns. */
export class Line {
  /** Columns of blanks before what comes next. */
  indent = 0;
  /** Its end has not been written yet. */
  readonly isUnfinished: boolean;
  #text: string;
  /** Up to here it has been read, in UTF-16 units and in columns. */
  #at = 0;
  #column = 0;
  /** Where the blanks end. */
  #next = 0;

  constructor(text: string, isUnfinished: boolean) {
    this.#text = text;
    this.isUnfinished = isUnfinished;
    this.#look();
  }

  /** What has not been read, from the first character that is no blank. */
  get rest(): string {
    return this.#text.slice(this.#next);
  }

  /** What has not been read, blanks included. */
  get whole(): string {
    return this.#text.slice(this.#at);
  }

  /** The character behind the blanks; empty at the end. */
  get character(): string {
    return this.#text.charAt(this.#next);
  }

  get isBlank(): boolean {
    return this.#next === this.#text.length;
  }

  /** Reads blanks, no more than there are. */
  skipBlanks(columns: number): void {
    let left = Math.min(columns, this.indent);
    this.indent -= left;
    while (left > 0) {
      const width = this.#widthAt(this.#at, this.#column);
      const taken = Math.min(width, left);
      this.#at += 1;
      this.#column += taken;
      left -= taken;
      if (taken < width) {
        // What is left of the tab stays as blanks.
        this.#text = ' '.repeat(width - taken) + this.#text.slice(this.#at);
        this.#next += width - taken - this.#at;
        this.#at = 0;
      }
    }
  }

  /** Reads the blanks and what stands behind them. */
  skipMark(length: number): void {
    this.#at = this.#next + length;
    this.#column += this.indent + length;
    this.#look();
  }

  #look(): void {
    let column = this.#column;
    this.#next = this.#at;
    for (let width = this.#widthAt(this.#next, column); width > 0; width = this.#widthAt(this.#next, column)) {
      column += width;
      this.#next += 1;
    }
    this.indent = column - this.#column;
  }

  #widthAt(at: number, column: number): number {
    const character = this.#text[at];
    return character === ' ' ? 1 : character === '\t' ? 4 - (column % 4) : 0;
  }
}
