/** Run of `*`, `_` or `~` that may open or close emphasis. A single `~` means `about` or a path, so only `~~` strikes. */
export interface DelimiterRun {
  type: 'run';
  delimiter: string;
  length: number;
  canOpen: boolean;
  canClose: boolean;
  /** A writer who opens emphasis here probably means it: at the end of a growing text, it is closed. */
  isLikely: boolean;
}

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u;

// Classes of characters, ordered by how much they belong to a word.
const WHITE_SPACE = 0;
const PUNCTUATION = 1;
const LETTER = 2;

const CLOSING = /[\p{Pe}\p{Pf}]/u;
/** Matches characters that rarely start emphasis: `*.ts`, `*-x`, `5 *3`. */
const UNLIKELY_START = /[.,:;?%=|/\\)\]}\d-]/;

/** Characters that belong to the character before them, such as accents, variation selectors and joiners. */
const WITHOUT_COMBINING = /[^](?=[\p{M}\u200d]*$)/u;
/** Distance within which the character before combining ones is searched, in UTF-16 units. */
const MAX_COMBINING = 16;

/** Reads the delimiter run at a position. */
export function readDelimiterRun(text: string, start: number, end: number): DelimiterRun {
  const near = text.slice(Math.max(0, start - MAX_COMBINING), start);
  const before = WITHOUT_COMBINING.exec(near)?.[0] ?? '';
  const after = end < text.length ? String.fromCodePoint(text.codePointAt(end) ?? 0) : '';
  return createDelimiterRun(before, text.slice(start, end), after);
}

/**
 * Creates a delimiter run. It opens emphasis before a word and closes it after a word: the neighbor that belongs more to a word
 * decides.
 *
 * @param before Character before the run. Empty at the start of the text.
 * @param after Character after the run. Empty at the end of the text.
 */
function createDelimiterRun(before: string, run: string, after: string): DelimiterRun {
  const delimiter = run.charAt(0);
  const left = classify(before);
  const right = classify(after);
  const neighbors = { before, after, left, right, isCjk: CJK.test(before + after) };
  const isDelimiter = delimiter !== '~' || run.length === 2;
  const isBoth = canDoBoth(delimiter, neighbors);
  const canOpen = isDelimiter && right !== WHITE_SPACE && (right > left || isBoth);
  return {
    type: 'run',
    delimiter,
    length: run.length,
    canOpen,
    canClose: isDelimiter && left !== WHITE_SPACE && (left > right || isBoth),
    isLikely: canOpen && isLikelyOpener(run, neighbors),
  };
}

interface Neighbors {
  before: string;
  after: string;
  left: number;
  right: number;
  isCjk: boolean;
}

/** Returns true if a delimiter both opens and closes emphasis. */
function canDoBoth(delimiter: string, { left, right, isCjk }: Neighbors): boolean {
  // Within a word, an underscore is part of it: `snake_case`.
  if (delimiter === '_') return left === PUNCTUATION && right === PUNCTUATION;
  // Chinese, Japanese and Korean have no spaces between words: emphasis may end between `：**` and `是`.
  return left === right || isCjk;
}

/** Returns false for what is rather a name, a product, a power or a pattern: `_private`, `f(a)*b`, `2**10`, `*.ts`. */
function isLikelyOpener(run: string, { before, after, left, right, isCjk }: Neighbors): boolean {
  if (run.startsWith('_') || (CLOSING.test(before) && !CJK.test(before))) return false;
  if (run.length === 1) return right > left && !UNLIKELY_START.test(after);
  return after !== '/' && (right > left || isCjk || left === PUNCTUATION);
}

function classify(character: string): number {
  if (character === '' || /\s/.test(character)) return WHITE_SPACE;
  return /[\p{P}\p{S}]/u.test(character) ? PUNCTUATION : LETTER;
}
