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
  const resolver = new EmphasisResolver();
  pieces.forEach((piece, index) => {
    if (piece.type === 'run') resolver.addRun(piece, isOpen && index === pieces.length - 1);
    else resolver.add(piece);
  });
  if (isOpen) resolver.closeAll();
  return resolver.getResult();
}

class EmphasisResolver {
  readonly #output: Inline[] = [];
  readonly #openers: Opener[] = [];
  /** The number of open delimiters. */
  #open = 0;

  add(inline: Inline): void {
    this.#output.push(inline);
  }

  /** Adds a run. Closes as many openers as it can, and opens emphasis with the rest. */
  addRun(run: Run, isLast: boolean): void {
    const left = run.mayClose ? this.#close(run, isLast) : run.length;
    if (left === 0 || isLast) return;
    if (run.mayOpen && left <= MAX_OPEN) {
      this.#push({ ...run, left, place: this.#output.length });
    } else {
      this.add(toText({ ...run, left }));
    }
    while (this.#open > MAX_OPEN) this.#open -= this.#openers.shift()?.left ?? 0;
  }

  closeAll(): void {
    let opener = this.#openers.at(-1);
    while (opener !== undefined) {
      this.#wrap(opener, opener.left);
      opener = this.#openers.at(-1);
    }
  }

  getResult(): Inline[] {
    return joinTexts(this.#output);
  }

  /** Closes the openers of a run. Returns the number of unused delimiters. */
  #close(run: Run, isLast: boolean): number {
    let left = run.length;
    while (left > 0) {
      const opener = this.#openers.findLast((each) => belongTogether(each, run));
      if (opener === undefined) return left;
      // `**bold*` will become `**bold**`.
      if (isLast && opener.left === 2 && left === 1) return left;
      left -= this.#wrap(opener, left);
    }
    return left;
  }

  #push(opener: Opener): void {
    this.#openers.push(opener);
    this.#open += opener.left;
    this.add(toText(opener));
  }

  /** Wraps the output since an opener in emphasis. Returns the number of delimiters used. */
  #wrap(opener: Opener, available: number): number {
    const used = opener.mark === '~' ? opener.left : Math.min(2, opener.left, available);
    const inlines = joinTexts(this.#output.splice(opener.place + 1));
    this.#output.pop();
    for (const { left } of this.#openers.splice(this.#openers.indexOf(opener))) this.#open -= left;
    opener.left -= used;
    if (opener.left > 0) this.#push(opener);
    this.add({ type: getEmphasisType(opener, used), inlines });
    return used;
  }
}

function getEmphasisType({ mark }: Opener, used: number): 'del' | 'strong' | 'em' {
  if (mark === '~') return 'del';
  return used === 2 ? 'strong' : 'em';
}

function toText({ mark, left }: { mark: string; left: number }): Inline {
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
