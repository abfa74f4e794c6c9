/** A formula in a text. */
export interface FoundFormula {
  tex: string;
  isDisplay: boolean;
  /** Start and end including the delimiters, in UTF-16 units. */
  start: number;
  end: number;
  /** The formula is not complete yet. */
  isOpen: boolean;
}

/** Longer formulas, in UTF-16 units, are rendered as text. */
const MAX_INLINE = 1_000;
const MAX_DISPLAY = 4_000;
/** How far the end of a code span is searched, in UTF-16 units. */
const MAX_CODE = 2_000;
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
  const closingOf = createSearch(text);
  OPENING.lastIndex = 0;
  while (formulas.length < MAX_FORMULAS) {
    const opening = OPENING.exec(text);
    if (opening === null) break;
    const [mark, fence] = opening;
    const { lastIndex: from } = OPENING;
    if (fence !== undefined) OPENING.lastIndex = endOfFence(text, from, fence);
    else if (mark.startsWith('`')) OPENING.lastIndex = endOfCode(text, from, mark);
    else {
      const closing = CLOSINGS[mark];
      const end = closing === undefined ? -1 : closingOf(closing, from);
      const formula =
        mark === '$'
          ? betweenDollars(text, opening.index)
          : closing && between(text, from, end, { mark, isGrowing });
      if (!formula) continue;
      formulas.push(formula);
      OPENING.lastIndex = formula.end;
    }
  }
  return formulas;
}

const CLOSINGS: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', $$: '$$' };

/** Returns a function that finds the next occurrence of a text, and remembers it for later calls. */
function createSearch(text: string): (wanted: string, from: number) => number {
  const next = new Map<string, number>();
  return (wanted, from) => {
    let at = next.get(wanted) ?? -2;
    if (at === -1 || at >= from) return at;
    at = text.indexOf(wanted, from);
    next.set(wanted, at);
    return at;
  };
}

function between(
  text: string,
  from: number,
  closing: number,
  { mark, isGrowing }: { mark: string; isGrowing: boolean },
): FoundFormula | undefined {
  const isDisplay = mark !== '\\(';
  const isOpen = closing === -1;
  const tex = text.slice(from, isOpen ? text.length : closing);
  if (
    tex.length > (isDisplay ? MAX_DISPLAY : MAX_INLINE) ||
    (isOpen ? !isGrowing : tex.trim() === '')
  )
    return undefined;
  return { tex, isDisplay, start: from - 2, end: isOpen ? text.length : closing + 2, isOpen };
}

function betweenDollars(text: string, start: number): FoundFormula | undefined {
  if (/[\p{L}\p{N}$]/u.test(text[start - 1] ?? '')) return undefined;
  const found = /^(?!\s)((?:[^$\\\n]|\\[^\n])+)(?<!\s)\$(?![\p{L}\p{N}$])/u.exec(
    text.slice(start + 1, start + MAX_INLINE),
  );
  const tex = found?.[1];
  // Two prices in a sentence: `$5, or 10$`.
  if (tex === undefined || (/^\d/.test(tex) && /\s/.test(tex) && !/[\\^_{}=+<>]/.test(tex)))
    return undefined;
  return { tex, isDisplay: false, start, end: start + tex.length + 2, isOpen: false };
}

function endOfFence(text: string, from: number, fence: string): number {
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

function endOfCode(text: string, from: number, mark: string): number {
  const within = text.slice(from, from + MAX_CODE);
  for (const { 0: run, index } of within.matchAll(/`+/g)) {
    if (run.length === mark.length) return from + index + run.length;
  }
  return from;
}
