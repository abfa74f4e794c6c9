import { convertAngleBrackets, convertBareAddress } from './autolinkSyntax.js';
import { decodeTarget, decodeText, ESCAPE, type NameDecoder } from './decodeText.js';
import { readDelimiterRun, type DelimiterRun } from './DelimiterRun.js';
import { getInlineText } from './getInlineText.js';
import {
  isUnfinishedTarget,
  normalizeLabel,
  readLabel,
  readTarget,
  type ReadValue,
} from './linkSyntax.js';
import { resolveEmphasis } from './resolveEmphasis.js';
import type { Inline, LinkDefinitions, Target } from './tokens.js';

/** Options for `parseInline`. */
export interface InlineOptions {
  /** Link definitions of the document. */
  links: LinkDefinitions;
  /**
   * The text is the end of a growing text. What is open at its end is closed, or left out as long as it is ambiguous.
   *
   * @default false
   */
  isUnfinished?: boolean;
  decodeName: NameDecoder;
}

/** Parses inline markdown in linear time: emphasis, code, links, images and line breaks. */
export function parseInline(text: string, options: InlineOptions): Inline[] {
  return new InlineParser(text, options).parse();
}

/**
 * Matches the syntax of inline markdown. Longer alternatives come first. No alternative reads past the possible start of another
 * one, so that finding all matches takes linear time.
 */
const SYNTAX = new RegExp(
  [
    ESCAPE,
    /\\(?:\n|$)/,
    /`+|\*+|_+|~+|!?\[|\]|(?<! ) *\n/,
    /<(?:[a-z][a-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d.-]+|br[ \t]*\/?)>/,
    // A bare URL ends at white space, brackets, full-width punctuation and bold. ⸨ and ⸩ delimit marks: see `insertMarks`.
    /(?<![a-z\d])(?:https?:\/\/|www\.)(?=[a-z\d\u0080-\uffff])(?:[^\s<>[\]\\`*\u2e28\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]|\*(?!\*))+/,
    /(?<![a-z\d.+-])[a-z\d][\w.+-]{0,63}@[a-z\d][a-z\d-]*(?:\.[a-z\d][a-z\d-]*)+/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/**
 * Matches what models use as a bullet: an emoji, or a dash, arrow, number in a circle, box or mark before a space.
 * Digits and signs such as © are emoji only with a variation selector.
 */
const SYMBOL = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[–—·←-⯿] /uy;

/** Maximum number of pieces of a text, which become elements. The rest of the text is not parsed. */
const MAX_PIECES = 4_000;

/** Maximum length of an unfinished link in UTF-16 units. After that, its opening bracket is text. */
const MAX_UNFINISHED_LINK = 300;

/** Opening bracket of a possible link or image. */
interface Bracket {
  /** Index of its text in the pieces. */
  index: number;
  /** Position after the bracket. */
  textStart: number;
  isImage: boolean;
}

/** Its `read…` methods and `#closeBracket` return the position after the syntax that they read. */
class InlineParser {
  readonly #text: string;
  readonly #links: LinkDefinitions;
  readonly #isUnfinished: boolean;
  readonly #decodeName: NameDecoder;
  readonly #pieces: (Inline | DelimiterRun)[] = [];
  readonly #brackets: Bracket[] = [];
  /** Number of outer brackets that cannot start a link, because they contain one. */
  #inactiveCount = 0;
  /** Start of the last run of backticks, by length of the run. Undefined until the first run. */
  #lastBackticks: ReadonlyMap<number, number> | undefined;

  constructor(text: string, options: InlineOptions) {
    this.#text = text;
    this.#links = options.links;
    this.#isUnfinished = options.isUnfinished ?? false;
    this.#decodeName = options.decodeName;
  }

  parse(): Inline[] {
    const { length } = this.#text;
    let position = 0;
    while (position < length) {
      SYNTAX.lastIndex = position;
      const match = this.#pieces.length < MAX_PIECES ? SYNTAX.exec(this.#text) : null;
      const start = match?.index ?? length;
      if (start > position) this.#addText(this.#text.slice(position, start));
      position = match === null ? start : this.#read(match[0], start);
    }
    const bracket = this.#brackets.at(-1);
    if (bracket !== undefined && this.#mayBecomeLink(bracket, position))
      this.#removeBracket(bracket);
    return resolveEmphasis(this.#pieces, this.#isUnfinished);
  }

  #read(source: string, start: number): number {
    const end = start + source.length;
    switch (source[0]) {
      case '\\':
      case '&':
        this.#addEscape(source);
        return end;
      case ' ':
      case '\n':
        this.#addLineEnd(source, end);
        return end;
      case '*':
      case '_':
      case '~':
        this.#pieces.push(readDelimiterRun(this.#text, start, end));
        return end;
      case '`':
        return this.#readCode(source.length, start);
      case '!':
      case '[':
        this.#openBracket(source, end);
        return end;
      case ']':
        return this.#closeBracket(start);
      case '<':
        this.#pieces.push(convertAngleBrackets(source));
        return end;
      default:
        return this.#readBareAddress(source, start);
    }
  }

  #addText(text: string): void {
    this.#pieces.push({ type: 'text', text });
  }

  #addEscape(source: string): void {
    if (source === '\\\n') this.#pieces.push({ type: 'break' });
    // A backslash at the end of a growing text will escape the next character.
    else if (source !== '\\' || !this.#isUnfinished)
      this.#addText(decodeText(source, this.#decodeName));
  }

  /**
   * Adds a line end. Two spaces before it are a line break, and so is an emoji or a symbol after it, which models use
   * as a bullet.
   */
  #addLineEnd(source: string, end: number): void {
    if (source.length > 2 || startsWithSymbol(this.#text, end))
      this.#pieces.push({ type: 'break' });
    else this.#addText('\n');
  }

  #readBareAddress(source: string, start: number): number {
    const { link, length } = convertBareAddress(source, this.#decodeName);
    this.#pieces.push(link);
    return start + length;
  }

  #readCode(runLength: number, start: number): number {
    const codeStart = start + runLength;
    const codeEnd = this.#findBackticks(runLength, codeStart);
    if (codeEnd !== undefined) {
      this.#addCode(this.#text.slice(codeStart, codeEnd));
      return codeEnd + runLength;
    }
    if (!this.#isUnfinished) {
      this.#addText('`'.repeat(runLength));
      return codeStart;
    }
    // Backticks at the end of a growing text will close the code.
    let end = this.#text.length;
    while (this.#text[end - 1] === '`') end -= 1;
    const code = this.#text.slice(codeStart, end);
    if (code.trim() !== '') this.#addCode(code);
    return this.#text.length;
  }

  #addCode(source: string): void {
    const code = source.replaceAll('\n', ' ');
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
    this.#pieces.push({ type: 'code', text: isPadded ? code.slice(1, -1) : code });
  }

  /** Returns the start of the next run of backticks of a length. */
  #findBackticks(runLength: number, position: number): number | undefined {
    this.#lastBackticks ??= new Map(
      Array.from(this.#text.matchAll(/`+/g), ({ 0: run, index }) => [run.length, index]),
    );
    if ((this.#lastBackticks.get(runLength) ?? -1) < position) return undefined;
    // The run exists, and the text before it is code. So no part of the text is searched twice.
    for (const { 0: run, index } of this.#text.slice(position).matchAll(/`+/g))
      if (run.length === runLength) return position + index;
    return undefined;
  }

  #openBracket(source: string, textStart: number): void {
    this.#brackets.push({ index: this.#pieces.length, textStart, isImage: source.length === 2 });
    this.#addText(source);
  }

  #closeBracket(position: number): number {
    const bracket = this.#brackets.pop();
    const isActive =
      bracket !== undefined && (bracket.isImage || this.#brackets.length >= this.#inactiveCount);
    this.#inactiveCount = Math.min(this.#inactiveCount, this.#brackets.length);
    if (isActive) {
      const end = position + 1;
      const target = readTarget(this.#text, end) ?? this.#readReference(bracket, end);
      if (target !== undefined) {
        this.#addLink(bracket, decodeTarget(target.value, this.#decodeName));
        return target.end;
      }
      if (this.#mayBecomeLink(bracket, position) && isUnfinishedTarget(this.#text, end)) {
        this.#removeBracket(bracket);
        return this.#text.length;
      }
    }
    this.#addText(']');
    return position + 1;
  }

  #addLink({ index, isImage }: Bracket, target: Target): void {
    const content = this.#pieces.splice(index).slice(1);
    if (isImage) {
      const alt = getInlineText(resolveEmphasis(content, false));
      this.#pieces.push({ type: 'image', alt, ...target });
      return;
    }
    // Bare addresses in the text of a link are text.
    const inlines = content.flatMap((piece): (Inline | DelimiterRun)[] =>
      piece.type === 'link' ? piece.inlines : [piece],
    );
    this.#pieces.push({ type: 'link', inlines: resolveEmphasis(inlines, false), ...target });
    this.#inactiveCount = this.#brackets.length;
  }

  /** Returns the definition of the label after the text of a link, or of the text itself. */
  #readReference({ textStart }: Bracket, position: number): ReadValue<Target> | undefined {
    if (this.#links.size === 0) return undefined;
    const label = readLabel(this.#text, position) ?? this.#readTextAsLabel(textStart, position);
    if (label === undefined) return undefined;
    const target = this.#links.get(normalizeLabel(label.value));
    return target === undefined ? undefined : { value: target, end: label.end };
  }

  #readTextAsLabel(textStart: number, position: number): ReadValue<string> | undefined {
    const label = readLabel(this.#text, textStart - 1);
    if (label?.end !== position) return undefined;
    const hasEmptyLabel = this.#text.startsWith('[]', position);
    return { value: label.value, end: hasEmptyLabel ? position + 2 : position };
  }

  #mayBecomeLink({ textStart, isImage }: Bracket, position: number): boolean {
    // Directly after a word it is rather an index: `list[0]`.
    const isLikely = isImage || !/[\w)\]]/.test(this.#text.charAt(textStart - 2));
    return this.#isUnfinished && isLikely && position - textStart < MAX_UNFINISHED_LINK;
  }

  /** Removes an unfinished bracket, and the alternative text of an image. */
  #removeBracket({ index, isImage }: Bracket): void {
    this.#pieces.splice(index, isImage ? this.#pieces.length : 1);
  }
}

function startsWithSymbol(text: string, position: number): boolean {
  SYMBOL.lastIndex = position;
  return SYMBOL.test(text);
}
