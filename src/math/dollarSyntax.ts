import type { TextLine } from './createLineReader.js';

// Functions that tell formulas between dollars from prices, price levels and variables of a shell.

/** Part of a text that may be a formula. */
interface Candidate {
  tex: string;
  start: number;
  /** End of the closing delimiter, or the end of the text. */
  end: number;
  isOpen: boolean;
}

const WORD_CHARACTER = /[\p{L}\p{N}]/u;

/** Returns false if a delimiter is part of a word: `US$5 and AU$6`. */
function isDelimited(text: string, { start, end }: Candidate): boolean {
  return !WORD_CHARACTER.test(text.charAt(start - 1)) && !WORD_CHARACTER.test(text.charAt(end));
}

/**
 * Returns true if the text between two single dollars is a formula. A dollar opens a formula before a non-blank character, and
 * closes it after one and before neither letter nor digit. What starts with an amount is a formula only if it contains a sign
 * of mathematics.
 */
export function isInlineFormula(text: string, candidate: Candidate): boolean {
  const { tex, start, end } = candidate;
  if (text[start - 1] === '$' || text[end] === '$' || !isDelimited(text, candidate)) return false;
  return tex.trim() === tex && !isAmount(tex);
}

/** Returns true for what stands between two prices: `$5, or 10$`, `$10-20$`, `$20 = 20$`. */
function isAmount(tex: string): boolean {
  if (!/^\d/.test(tex) || /[\\^_{}]/.test(tex)) return false;
  if (/\s/.test(tex)) {
    const words = tex.match(/\p{L}+/gu) ?? [];
    return words.length === 0 || words.some((word) => word.length > 1) || !/[=+<>*/-]/.test(tex);
  }
  return /^\d[\d.,]*[-–/][\d.,]+$/.test(tex);
}

/** Exclude text that touches the delimiters: `**$$** or **$$**`, `($$) or ($$)`. */
const OPENS_TEXT = /^[^\s*_)\]},.;:!?]/;
const CLOSES_TEXT = /[^\s*_([{]$/;
const LIST_ITEM = /\n([ \t>]*)(?:[-*+•]|\d{1,9}[.)])(?=\s|$)/g;

/**
 * Returns true if the text between two double dollars is a formula. Each delimiter touches the formula, or is at the edge of its
 * line. A formula does not extend over several list items or table cells. The caller checks for blank lines.
 *
 * @param line Line of the opening delimiter.
 */
export function isDisplayFormula(text: string, candidate: Candidate, line: TextLine): boolean {
  const { tex, start, end, isOpen } = candidate;
  if (!/[\p{L}\p{N}\\]/u.test(tex) || !isDelimited(text, candidate)) return false;
  if (line.isTableRow && /(?<!\\)\||\n/.test(tex)) return false;
  const isAlone = start === line.contentStart && /^[ \t]*\n/.test(tex);
  if (startsListItem(tex, line, isAlone)) return false;
  const isOpening = OPENS_TEXT.test(tex) || (isOpen ? isAlone : start === line.contentStart);
  const isClosing = isOpen || CLOSES_TEXT.test(tex) || isLineEnd(text, end);
  return isOpening && isClosing;
}

/** Returns true if a line starts a list item. In a formula with its delimiters on lines of their own, it may also be a sum. */
function startsListItem(tex: string, line: TextLine, isAlone: boolean): boolean {
  const indentation = line.contentStart - line.start;
  return [...tex.matchAll(LIST_ITEM)].some(
    ([, { length } = '']) => line.isListItem || !isAlone || length < indentation,
  );
}

function isLineEnd(text: string, position: number): boolean {
  return /^[ \t]*[.,;:]?[ \t]*(?:\n|$)/.test(text.slice(position, position + 20));
}

/** Removes the markers of quotes from the lines of a formula. */
export function stripQuoteMarkers(tex: string, { isInQuote }: TextLine): string {
  return isInQuote ? tex.replace(/\n[ \t]*>[ \t]?/g, '\n') : tex;
}
