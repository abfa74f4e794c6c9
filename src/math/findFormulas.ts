/** A formula in a text. */
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
  /\\[\\$`]|\\\(|\\\[|\$\$?|(?:^|(?<=\n))[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})|`+/g;

/**
 * Finds the formulas of a text: `\(…\)` and `$…$` inline, `\[…\]` and `$$…$$` as blocks. Skips code and prices: a dollar opens a
 * formula before a non-blank character, and closes it after one and before neither letter nor digit.
 *
 * @param isGrowing An unclosed formula at the end is not complete yet.
 */
export function findFormulas(text: string, isGrowing: boolean): FoundFormula[] {
  const formulas: FoundFormula[] = [];
  const findClosing = createFinder(text);
  OPENING.lastIndex = 0;
  while (formulas.length < MAX_FORMULAS) {
    const opening = OPENING.exec(text);
    if (opening === null) break;
    const [mark, fence] = opening;
    const { lastIndex: from } = OPENING;
    if (fence !== undefined) OPENING.lastIndex = findFenceEnd(text, from, fence);
    else if (mark.startsWith('`')) OPENING.lastIndex = findCodeSpanEnd(text, from, mark);
    else {
      const closing = CLOSINGS[mark];
      const end = closing === undefined ? -1 : findClosing(closing, from);
      const formula =
        mark === '$'
          ? readDollarFormula(text, opening.index)
          : closing && readDelimitedFormula(text, from, end, { mark, isGrowing });
      if (!formula) continue;
      formulas.push(formula);
      OPENING.lastIndex = formula.end;
    }
  }
  return formulas;
}

const CLOSINGS: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' };

/** Returns a function that finds the next occurrence of a text, and remembers it for later calls. */
function createFinder(text: string): (searched: string, from: number) => number {
  const next = new Map<string, number>();
  return (searched, from) => {
    let at = next.get(searched) ?? -2;
    if (at === -1 || at >= from) return at;
    at = text.indexOf(searched, from);
    next.set(searched, at);
    return at;
  };
}

function readDelimitedFormula(
  text: string,
  from: number,
  closing: number,
  { mark, isGrowing }: { mark: string; isGrowing: boolean },
): FoundFormula | undefined {
  const isDisplay = mark !== '\\(';
  const isOpen = closing === -1;
  const tex = text.slice(from, isOpen ? text.length : closing);
  if (
    tex.length > (isDisplay ? MAX_DISPLAY_LENGTH : MAX_INLINE_LENGTH) ||
    (isOpen ? !isGrowing : tex.trim() === '')
  )
    return undefined;
  return { tex, isDisplay, start: from - 2, end: isOpen ? text.length : closing + 2, isOpen };
}

function readDollarFormula(text: string, start: number): FoundFormula | undefined {
  if (/[\p{L}\p{N}$]/u.test(text[start - 1] ?? '')) return undefined;
  const found = /^(?!\s)((?:[^$\\\n]|\\[^\n])+)(?<!\s)\$(?![\p{L}\p{N}$])/u.exec(
    text.slice(start + 1, start + MAX_INLINE_LENGTH),
  );
  const tex = found?.[1];
  // Two prices in a sentence: `$5, or 10$`.
  if (tex === undefined || (/^\d/.test(tex) && /\s/.test(tex) && !/[\\^_{}=+<>]/.test(tex)))
    return undefined;
  return { tex, isDisplay: false, start, end: start + tex.length + 2, isOpen: false };
}

function findFenceEnd(text: string, from: number, fence: string): number {
  let start = text.indexOf('\n', from) + 1;
  while (start > 0) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (
      text
        .slice(start, end)
        .replace(/^[ \t>]*/, '')
        .startsWith(fence)
    )
      return end;
    start = newline + 1;
  }
  return text.length;
}

function findCodeSpanEnd(text: string, from: number, mark: string): number {
  const within = text.slice(from, from + MAX_CODE_SPAN_LENGTH);
  for (const { 0: run, index } of within.matchAll(/`+/g)) {
    if (run.length === mark.length) return from + index + run.length;
  }
  return from;
}
