/** Scripts that do not separate words by spaces. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const ASCII_WORD = /^[a-z0-9]*$/i;

/** Words that are too frequent to identify a passage. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be but by can could did do does for from had has have how i if in into is it its me my no not of on ' +
    'or our please say says should so tell than that the their them then there these they this to was we were what when ' +
    'where which who whom whose why will with would you your about'
  ).split(' '),
);

/** Returns the words of a text, in their order. */
export function splitWords(text: string): string[] {
  if (!UNSPACED.test(text)) return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
  return Array.from(segments).flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}

/** Normalizes a word for comparison: removes case and accents. */
export function normalizeWord(word: string): string {
  // Skips the slow Unicode normalization for most words.
  if (ASCII_WORD.test(word)) return word.toLowerCase();
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Returns the distinct normalized words of a query without stop words, or all words if it consists of stop words only. */
export function getQueryWords(query: string): string[] {
  const words = new Set(splitWords(query).map(normalizeWord));
  words.delete('');
  const significant = [...words].filter((word) => !STOP_WORDS.has(word));
  return significant.length === 0 ? [...words] : significant;
}
