/** Scripts that put no blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const PLAIN = /^[a-z0-9]*$/i;

/** Words that say nothing about what is looked for. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be but by can could did do does for from had has have how i if in into is it its me my no not of on ' +
    'or our please say says should so tell than that the their them then there these they this to was we were what when ' +
    'where which who whom whose why will with would you your about'
  ).split(' '),
);

/** The words of a text, in their order. */
export function splitWords(text: string): string[] {
  if (!UNSPACED.test(text)) return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text);
  return Array.from(segments).flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}

/** A word as it is compared: without case and accents. */
export function normalizeWord(word: string): string {
  // Most words have no accents to take off.
  if (PLAIN.test(word)) return word.toLowerCase();
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What a question looks for: its words, each once, those left out that every question has. */
export function getQueryWords(query: string): string[] {
  const all = [...new Set(splitWords(query).map(normalizeWord))].filter((word) => word !== '');
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  return telling.length === 0 ? all : telling;
}
