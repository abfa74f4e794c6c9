import { readBare, readEnclosed } from './addresses.js';
import { resolveEmphasis, runBetween, type Run } from './emphasis.js';
import { isUnfinishedTarget, normalizeLabel, readLabel, readTarget } from './targets.js';
import type { Inline, ReferenceLinks, Target } from './tokens.js';
import { ESCAPED, unescape } from './unescape.js';

/**
 * Parses inline markdown in linear time: emphasis, code, links, images and line breaks.
 *
 * @param isOpen The text is still growing: unclosed marks at its end are closed, or left out while they are ambiguous.
 */
export function parseInline(text: string, links: ReferenceLinks, isOpen = false): Inline[] {
  return new InlineParser(text, links, isOpen).parse();
}

/** Returns the visible text without marks. */
export function getInlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if ('inlines' in inline) return getInlineText(inline.inlines);
      if (inline.type === 'break') return '\n';
      return inline.type === 'image' ? inline.alt : inline.text;
    })
    .join('');
}

/**
 * Matches everything that may be more than text. Longer alternatives come first. No alternative reads past the possible start of
 * another one, so that finding all matches takes linear time.
 */
const SPECIAL = new RegExp(
  [
    ESCAPED,
    /\\(?:\n|$)/,
    /`+|\*+|_+|~+|!?\[|\]|(?<! ) *\n/,
    /<(?:[a-z][a-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d.-]+|br[ \t]*\/?)>/,
    // A bare URL ends at white space, brackets, full-width punctuation and bold. ⸨ and ⸩ enclose the marks of a text.
    /(?<![a-z\d])(?:https?:\/\/|www\.)(?=[a-z\d\u0080-\uffff])(?:[^\s<>[\]\\`*\u2e28\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]|\*(?!\*))+/,
    /(?<![a-z\d.+-])[a-z\d][\w.+-]{0,63}@[a-z\d][a-z\d-]*(?:\.[a-z\d][a-z\d-]*)+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** Text after this many pieces of a paragraph is not parsed, because each piece is an element to lay out. */
const MAX_PIECES = 4_000;
/** An open bracket followed by more UTF-16 units than this is not an incomplete link. */
const OPEN_REACH = 300;

/** A bracket that may start a link or an image. */
interface Bracket {
  /** Its index in the pieces, and the start of the text after it. */
  place: number;
  start: number;
  isImage: boolean;
}

class InlineParser {
  readonly #text: string;
  readonly #links: ReferenceLinks;
  readonly #isOpen: boolean;
  readonly #pieces: (Inline | Run)[] = [];
  readonly #brackets: Bracket[] = [];
  /** Brackets below this index cannot start a link, because they contain one. */
  #firstActive = 0;
  /** Start of the last run of backticks of each length. Filled at the first run. */
  #lastBackticks: ReadonlyMap<number, number> | undefined;

  constructor(text: string, links: ReferenceLinks, isOpen: boolean) {
    this.#text = text;
    this.#links = links;
    this.#isOpen = isOpen;
  }

  parse(): Inline[] {
    let at = 0;
    while (at < this.#text.length) {
      SPECIAL.lastIndex = at;
      const special = this.#pieces.length < MAX_PIECES ? SPECIAL.exec(this.#text) : null;
      const start = special?.index ?? this.#text.length;
      if (start > at) this.#pushText(this.#text.slice(at, start));
      at = special === null ? start : this.#read(special[0], start);
    }
    const open = this.#brackets.at(-1);
    if (open !== undefined && this.#isBeingWritten(open, at)) this.#leaveOut(open);
    return resolveEmphasis(this.#pieces, this.#isOpen);
  }

  /** Reads the construct that starts with a mark. Returns its end. */
  #read(mark: string, at: number): number {
    const end = at + mark.length;
    switch (mark[0]) {
      case '\\':
      case '&':
        this.#readEscape(mark);
        return end;
      case ' ':
      case '\n':
        this.#readLineEnd(mark);
        return end;
      case '*':
      case '_':
      case '~':
        this.#pieces.push(runBetween(this.#text.charAt(at - 1), mark, this.#text.charAt(end)));
        return end;
      case '`':
        return this.#readCode(mark.length, at);
      case '!':
      case '[':
        this.#openBracket(mark, end);
        return end;
      case ']':
        return this.#closeBracket(at);
      case '<':
        this.#pieces.push(readEnclosed(mark));
        return end;
      default: {
        const { link, length } = readBare(mark);
        this.#pieces.push(link);
        return at + length;
      }
    }
  }

  #readEscape(mark: string): void {
    if (mark === '\\\n') this.#pieces.push({ type: 'break' });
    else if (mark !== '\\' || !this.#isOpen) this.#pushText(unescape(mark));
  }

  /** Two spaces at the end of a line are a line break. */
  #readLineEnd(mark: string): void {
    if (mark.length > 2) this.#pieces.push({ type: 'break' });
    else this.#pushText('\n');
  }

  #pushText(text: string): void {
    this.#pieces.push({ type: 'text', text });
  }

  #readCode(length: number, at: number): number {
    const start = at + length;
    const close = this.#closingBackticks(length, start);
    if (close === undefined && !this.#isOpen) {
      this.#pushText('`'.repeat(length));
      return start;
    }
    let end = close ?? this.#text.length;
    // Backticks at the end of a growing text will close the code.
    while (close === undefined && this.#text[end - 1] === '`') end -= 1;
    const code = this.#text.slice(start, end).replaceAll('\n', ' ');
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
    if (close !== undefined || code.trim() !== '')
      this.#pieces.push({ type: 'code', text: isPadded ? code.slice(1, -1) : code });
    return close === undefined ? this.#text.length : close + length;
  }

  #closingBackticks(length: number, from: number): number | undefined {
    this.#lastBackticks ??= new Map(
      Array.from(this.#text.matchAll(/`+/g), ({ 0: run, index }) => [run.length, index]),
    );
    if ((this.#lastBackticks.get(length) ?? -1) < from) return undefined;
    // A closing run exists, and all text up to it is code, so no text is searched twice.
    for (const { 0: run, index } of this.#text.slice(from).matchAll(/`+/g))
      if (run.length === length) return from + index;
    return undefined;
  }

  #openBracket(mark: string, start: number): void {
    this.#brackets.push({ place: this.#pieces.length, start, isImage: mark.length === 2 });
    this.#pushText(mark);
  }

  #closeBracket(at: number): number {
    const bracket = this.#brackets.pop();
    const isActive =
      bracket !== undefined && (bracket.isImage || this.#brackets.length >= this.#firstActive);
    this.#firstActive = Math.min(this.#firstActive, this.#brackets.length);
    if (isActive) {
      const target = readTarget(this.#text, at + 1) ?? this.#readReference(bracket, at + 1);
      if (target !== undefined) {
        this.#link(bracket, target.value);
        return target.end;
      }
      if (this.#isBeingWritten(bracket, at) && isUnfinishedTarget(this.#text, at + 1)) {
        this.#leaveOut(bracket);
        return this.#text.length;
      }
    }
    this.#pushText(']');
    return at + 1;
  }

  #link({ place, isImage }: Bracket, target: Target): void {
    const inside = this.#pieces.splice(place).slice(1);
    if (isImage) {
      this.#pieces.push({
        type: 'image',
        alt: getInlineText(resolveEmphasis(inside, false)),
        ...target,
      });
      return;
    }
    // Bare URLs in the text of a link are part of the text.
    const inlines = inside.flatMap((piece): readonly (Inline | Run)[] =>
      piece.type === 'link' ? piece.inlines : [piece],
    );
    this.#pieces.push({ type: 'link', inlines: resolveEmphasis(inlines, false), ...target });
    this.#firstActive = this.#brackets.length;
  }

  /** Returns the definition of a label: that of the label after the brackets, or of the text in brackets. */
  #readReference({ start }: Bracket, at: number): { value: Target; end: number } | undefined {
    if (this.#links.size === 0) return undefined;
    const named = readLabel(this.#text, at);
    const own = readLabel(this.#text, start - 1);
    const label = named ?? (own?.end === at ? own : undefined);
    const value = this.#links.get(normalizeLabel(label?.value ?? ''));
    const end = named?.end ?? (this.#text.startsWith('[]', at) ? at + 2 : at);
    return value && { value, end };
  }

  #isBeingWritten({ start }: Bracket, end: number): boolean {
    return this.#isOpen && end - start < OPEN_REACH;
  }

  /** Removes a bracket whose meaning is not decided yet. */
  #leaveOut({ place, isImage }: Bracket): void {
    this.#pieces.splice(place, isImage ? this.#pieces.length : 1);
  }
}
