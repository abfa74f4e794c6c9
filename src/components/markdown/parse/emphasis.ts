import type { Inline } from './tokens.js';

/** A run of `*`, `_` or `~` that may open or close emphasis. */
export interface Run {
  type: 'run';
  mark: string;
  length: number;
  mayOpen: boolean;
  mayClose: boolean;
}

/** A run that opens emphasis and is not closed yet. */
interface Opener extends Run {
  /** The number of unused delimiters. */
  left: number;
  /** Its index in the output. */
  place: number;
}

/**
 * The maximum number of open delimiters. More open ones drop the outermost. This limits the depth of nesting, and the openers
 * that a closer has to visit.
 */
const MAX_OPEN = 64;

// How much a character belongs to a word. A run opens emphasis if more of a word follows than precedes it, and closes it otherwise.
const BLANK = 0;
const PUNCTUATION = 1;
const LETTER = 2;

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** Creates a run between two characters, which are empty at the ends of the text. */
export function runBetween(before: string, marks: string, after: string): Run {
  const mark = marks.charAt(0);
  const left = wordinessOf(before);
  const right = wordinessOf(after);
  // Within a word `_` is part of it: `snake_case`. Chinese, Japanese and Korean have no spaces between words, so emphasis ends
  // between `：**` and `是`.
  const isEither =
    mark === '_'
      ? left === PUNCTUATION && right === PUNCTUATION
      : left === right || CJK.test(before + after);
  const isRun = mark !== '~' || marks.length < 3;
  return {
    type: 'run',
    mark,
    length: marks.length,
    mayOpen: isRun && right !== BLANK && (right > left || isEither),
    mayClose: isRun && left !== BLANK && (left > right || isEither),
  };
}

/**
 * Pairs runs to emphasis. Other runs become text.
 *
 * @param isOpen Closes open emphasis at the end, and drops a run at the very end that closes nothing.
 */
export function resolveEmphasis(pieces: readonly (Inline | Run)[], isOpen: boolean): Inline[] {
  const made: Inline[] = [];
  const openers: Opener[] = [];
  let open = 0;

  /** Wraps the output since an opener in emphasis. Returns the number of delimiters used. */
  const wrap = (opener: Opener, available: number): number => {
    const used = opener.mark === '~' ? opener.left : Math.min(2, opener.left, available);
    const inlines = joinTexts(made.splice(opener.place + 1));
    made.pop();
    for (const { left } of openers.splice(openers.indexOf(opener))) open -= left;
    opener.left -= used;
    if (opener.left > 0) push(opener);
    made.push({ type: opener.mark === '~' ? 'del' : used === 2 ? 'strong' : 'em', inlines });
    return used;
  };
  const push = (opener: Opener): void => {
    openers.push(opener);
    open += opener.left;
    made.push(textOf(opener));
  };

  pieces.forEach((piece, index) => {
    if (piece.type !== 'run') {
      made.push(piece);
      return;
    }
    const isLast = isOpen && index === pieces.length - 1;
    let left = piece.length;
    while (piece.mayClose && left > 0) {
      const opener = openers.findLast((each) => belongTogether(each, piece));
      // `**bold*` will become `**bold**`.
      if (opener === undefined || (isLast && opener.left === 2 && left === 1)) break;
      left -= wrap(opener, left);
    }
    if (left === 0 || isLast) return;
    if (piece.mayOpen && left <= MAX_OPEN) push({ ...piece, left, place: made.length });
    else made.push(textOf({ ...piece, left }));
    while (open > MAX_OPEN) open -= openers.shift()?.left ?? 0;
  });

  if (isOpen) {
    for (let opener = openers.at(-1); opener !== undefined; opener = openers.at(-1))
      wrap(opener, opener.left);
  }
  return joinTexts(made);
}

function textOf({ mark, left }: { mark: string; left: number }): Inline {
  return { type: 'text', text: mark.repeat(left) };
}

function belongTogether(opener: Opener, closer: Run): boolean {
  if (opener.mark !== closer.mark) return false;
  if (opener.mark === '~') return opener.length === closer.length;
  // Runs that can both open and close must not add up to a multiple of three: `*a**b*` is one emphasis.
  const isEither = opener.mayClose || closer.mayOpen;
  return !isEither || (opener.length + closer.length) % 3 !== 0 || opener.length % 3 === 0;
}

/** Joins adjacent texts, so that a mark is always within one text. */
function joinTexts(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { type: 'text', text: last.text + inline.text };
    else joined.push(inline);
  }
  return joined;
}

function wordinessOf(character: string): number {
  if (character === '' || /\s/.test(character)) return BLANK;
  return /[\p{P}\p{S}]/u.test(character) ? PUNCTUATION : LETTER;
}
