import { createLineReader } from './createLineReader.js';
import { isDisplayFormula, isInlineFormula, stripQuoteMarkers } from './dollarSyntax.js';

/** Formula in a text. */
export interface FoundFormula {
  tex: string;
  isDisplay: boolean;
  /** Start and end including the delimiters, in UTF-16 units. */
  start: number;
  end: number;
  /** True if the formula is not complete yet. */
  isOpen: boolean;
}

/** Longer formulas, in UTF-16 units, are rendered as text. */
const MAX_INLINE_LENGTH = 1_000;
const MAX_DISPLAY_LENGTH = 4_000;
/** Maximum length of a code span, in UTF-16 units. A longer one is not recognized. */
const MAX_CODE_SPAN_LENGTH = 2_000;
/** Maximum number of formulas of a text. Further ones are rendered as text. */
const MAX_FORMULAS = 500;

const OPENING =
  /\\[\\$`]|\\\(|\\\[|\$+|(?:^|(?<=\n))[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})|`+/g;

/**
 * Finds the formulas of a text: `\(…\)` and `$…$` inline, `\[…\]` and `$$…$$` as blocks. Skips code, prices and price levels: see
 * `isInlineFormula` and `isDisplayFormula`. Takes linear time.
 *
 * @param isGrowing An unclosed formula at the end is not complete yet.
 */
export function findFormulas(text: string, isGrowing: boolean): FoundFormula[] {
  const formulas: FoundFormula[] = [];
  const readFormula = createFormulaReader(text, isGrowing);
  OPENING.lastIndex = 0;
  while (formulas.length < MAX_FORMULAS) {
    const opening = OPENING.exec(text);
    if (opening === null) break;
    const [delimiter, fence] = opening;
    const { lastIndex: position } = OPENING;
    if (fence !== undefined) OPENING.lastIndex = findFenceEnd(text, position, fence);
    else if (delimiter.startsWith('`'))
      OPENING.lastIndex = findCodeSpanEnd(text, position, delimiter);
    else {
      const formula = readFormula(delimiter, opening.index);
      if (formula === undefined) continue;
      formulas.push(formula);
      OPENING.lastIndex = formula.end;
    }
  }
  return formulas;
}

type FormulaReader = (delimiter: string, start: number) => FoundFormula | undefined;

/** Returns a function that reads the formula at a delimiter. Call it with increasing positions. */
function createFormulaReader(text: string, isGrowing: boolean): FormulaReader {
  const findParenthesis = createSearch(text, /\\\)/g);
  const findBracket = createSearch(text, /\\\]/g);
  const findDollars = createSearch(text, /(?<!\$)\$\$(?!\$)/g);
  const findBlankLine = createSearch(text, /\n[ \t>]*\n/g);
  const readLine = createLineReader(text);

  function readPair(start: number, closing: number, isDisplay: boolean): FoundFormula | undefined {
    const isOpen = closing === -1;
    const texEnd = isOpen ? text.length : closing;
    if (texEnd - start > (isDisplay ? MAX_DISPLAY_LENGTH : MAX_INLINE_LENGTH)) return undefined;
    const tex = text.slice(start + 2, texEnd);
    if (isOpen ? !isGrowing : tex.trim() === '') return undefined;
    return { tex, isDisplay, start, end: isOpen ? texEnd : texEnd + 2, isOpen };
  }

  function hasBlankLine({ start, end }: FoundFormula): boolean {
    const blankLine = findBlankLine(start);
    return blankLine !== -1 && blankLine < end;
  }

  function readDisplay(start: number): FoundFormula | undefined {
    const formula = readPair(start, findDollars(start + 2), true);
    if (formula === undefined || hasBlankLine(formula)) return undefined;
    const line = readLine(start);
    if (!isDisplayFormula(text, formula, line)) return undefined;
    return { ...formula, tex: stripQuoteMarkers(formula.tex, line) };
  }

  function readInline(start: number): FoundFormula | undefined {
    const tex = /^(?:[^$\\\n]|\\[^\n])+(?=\$)/.exec(
      text.slice(start + 1, start + MAX_INLINE_LENGTH),
    )?.[0];
    if (tex === undefined) return undefined;
    const formula = { tex, isDisplay: false, start, end: start + tex.length + 2, isOpen: false };
    return isInlineFormula(text, formula) ? formula : undefined;
  }

  return (delimiter, start) => {
    switch (delimiter) {
      case '\\(': {
        const formula = readPair(start, findParenthesis(start + 2), false);
        return formula === undefined || hasBlankLine(formula) ? undefined : formula;
      }
      case '\\[':
        return readPair(start, findBracket(start + 2), true);
      case '$$':
        return readDisplay(start);
      case '$':
        return readInline(start);
      default:
        return undefined;
    }
  };
}

/** Returns a function that finds the next match, or -1. It remembers the match, so that increasing positions take linear time. */
function createSearch(text: string, pattern: RegExp): (position: number) => number {
  let next: number | undefined;
  return (position) => {
    if (next === undefined || (next !== -1 && next < position)) {
      pattern.lastIndex = position;
      next = pattern.exec(text)?.index ?? -1;
    }
    return next;
  };
}

function findFenceEnd(text: string, position: number, fence: string): number {
  let start = text.indexOf('\n', position) + 1;
  while (start > 0) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).replace(/^[ \t>]*/, '');
    if (line.startsWith(fence)) return end;
    start = newline + 1;
  }
  return text.length;
}

function findCodeSpanEnd(text: string, position: number, delimiter: string): number {
  const code = text.slice(position, position + MAX_CODE_SPAN_LENGTH);
  for (const { 0: run, index } of code.matchAll(/`+/g)) {
    if (run.length === delimiter.length) return position + index + run.length;
  }
  return position;
}
