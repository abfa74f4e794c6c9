/** Run of `*`, `_` or `~` that may open or close emphasis. */
export interface DelimiterRun {
  type: 'run';
  delimiter: string;
  length: number;
  canOpen: boolean;
  canClose: boolean;
}

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u;

// Classes of characters, ordered by how much they belong to a word.
const WHITE_SPACE = 0;
const PUNCTUATION = 1;
const LETTER = 2;

/**
 * Creates a delimiter run. It opens emphasis before a word and closes it after a word: the neighbor that belongs more to a word
 * decides.
 *
 * @param before Character before the run. Empty at the start of the text.
 * @param after Character after the run. Empty at the end of the text.
 */
export function createDelimiterRun(before: string, run: string, after: string): DelimiterRun {
  const delimiter = run.charAt(0);
  const left = classify(before);
  const right = classify(after);
  const canDoBoth =
    delimiter === '_'
      ? // Within a word, an underscore is part of it: `snake_case`.
        left === PUNCTUATION && right === PUNCTUATION
      : // Chinese, Japanese and Korean have no spaces between words: emphasis may end between `：**` and `是`.
        left === right || CJK.test(before + after);
  const isDelimiter = delimiter !== '~' || run.length < 3;
  return {
    type: 'run',
    delimiter,
    length: run.length,
    canOpen: isDelimiter && right !== WHITE_SPACE && (right > left || canDoBoth),
    canClose: isDelimiter && left !== WHITE_SPACE && (left > right || canDoBoth),
  };
}

function classify(character: string): number {
  if (character === '' || /\s/.test(character)) return WHITE_SPACE;
  return /[\p{P}\p{S}]/u.test(character) ? PUNCTUATION : LETTER;
}
