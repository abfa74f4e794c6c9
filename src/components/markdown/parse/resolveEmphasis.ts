import type { DelimiterRun } from './DelimiterRun.js';
import type { Inline } from './tokens.js';

/** Delimiter run that has opened emphasis and is not closed. */
interface Opener extends DelimiterRun {
  /** Number of delimiters that are not used. */
  remaining: number;
  /** Index of its text in the output. */
  index: number;
}

/**
 * Maximum number of open delimiters. More delimiters drop the outermost openers. Bounds the depth of the result, and the time to
 * find the opener of a closing run.
 */
const MAX_OPEN = 64;

/**
 * Pairs delimiter runs to emphasis. Runs without a partner become text.
 *
 * @param isUnfinished The text is the end of a growing text. Open emphasis is closed at its end if it is
 * likely, and a run at the very end that
 * closes nothing is left out.
 */
export function resolveEmphasis(
  pieces: readonly (Inline | DelimiterRun)[],
  isUnfinished: boolean,
): Inline[] {
  const resolver = new EmphasisResolver();
  pieces.forEach((piece, index) => {
    const isAtEnd = isUnfinished && index === pieces.length - 1;
    if (piece.type === 'run') resolver.addRun(piece, isAtEnd);
    else resolver.add(piece);
  });
  if (isUnfinished) resolver.closeAll();
  return resolver.getResult();
}

class EmphasisResolver {
  readonly #output: Inline[] = [];
  readonly #openers: Opener[] = [];
  /** Sum of the remaining delimiters of all openers. */
  #openCount = 0;

  add(inline: Inline): void {
    this.#output.push(inline);
  }

  /**
   * Closes emphasis with a run, and opens emphasis with the delimiters that are left.
   *
   * @param isAtEnd The run is the end of a growing text, and may become longer.
   */
  addRun(run: DelimiterRun, isAtEnd: boolean): void {
    const remaining = run.canClose ? this.#close(run, isAtEnd) : run.length;
    if (remaining === 0 || isAtEnd) return;
    if (run.canOpen && remaining <= MAX_OPEN)
      this.#open({ ...run, remaining, index: this.#output.length });
    else this.add(toText({ ...run, remaining }));
    while (this.#openCount > MAX_OPEN) this.#openCount -= this.#openers.shift()?.remaining ?? 0;
  }

  /** Closes the openers that a writer probably means. The others stay text. */
  closeAll(): void {
    const findOpener = (): Opener | undefined => this.#openers.findLast(({ isLikely }) => isLikely);
    for (let opener = findOpener(); opener !== undefined; opener = findOpener())
      this.#wrap(opener, opener.remaining);
  }

  getResult(): Inline[] {
    return joinTexts(this.#output);
  }

  /** Closes the openers that a run matches. Returns the number of its delimiters that are left. */
  #close(run: DelimiterRun, isAtEnd: boolean): number {
    let remaining = run.length;
    while (remaining > 0) {
      const opener = this.#openers.findLast((each) => canPair(each, run));
      if (opener === undefined) break;
      // `**bold*` will become `**bold**`.
      if (isAtEnd && opener.remaining === 2 && remaining === 1) break;
      remaining -= this.#wrap(opener, remaining);
    }
    return remaining;
  }

  #open(opener: Opener): void {
    this.#openers.push(opener);
    this.#openCount += opener.remaining;
    this.add(toText(opener));
  }

  /** Wraps the output after an opener in emphasis. Returns the number of delimiters that it takes on each side. */
  #wrap(opener: Opener, available: number): number {
    const isDeletion = opener.delimiter === '~';
    const used = isDeletion ? opener.remaining : Math.min(2, opener.remaining, available);
    const inlines = joinTexts(this.#output.splice(opener.index + 1));
    this.#output.pop();
    const closed = this.#openers.splice(this.#openers.indexOf(opener));
    for (const { remaining } of closed) this.#openCount -= remaining;
    opener.remaining -= used;
    if (opener.remaining > 0) this.#open(opener);
    const emphasis = used === 2 ? 'strong' : 'em';
    this.add({ type: isDeletion ? 'del' : emphasis, inlines });
    return used;
  }
}

function toText({ delimiter, remaining }: { delimiter: string; remaining: number }): Inline {
  return { type: 'text', text: delimiter.repeat(remaining) };
}

function canPair(opener: Opener, closer: DelimiterRun): boolean {
  if (opener.delimiter !== closer.delimiter) return false;
  if (opener.delimiter === '~') return opener.length === closer.length;
  // Rule of three: if one of the runs can both open and close, their lengths must not add up to a multiple of three, so that
  // `*a**b*` is one emphasis.
  const canDoBoth = opener.canClose || closer.canOpen;
  return !canDoBoth || (opener.length + closer.length) % 3 !== 0 || opener.length % 3 === 0;
}

/** Joins adjacent texts, so that a mark is never split. */
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
