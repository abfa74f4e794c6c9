import { normalizeWord, getQueryWords, splitWords } from './words.js';

const LONGEST_QUOTE = 240;

/** The sentence of a passage that has most of the words asked for, as it stands there, cut when it is very long. */
export function findQuote(text: string, query: string): string {
  const asked = new Set(getQueryWords(query));
  const sentences = text
    .split(/(?<=[.!?。！？])\s+|\n+/)
    .filter((sentence) => sentence.trim() !== '');
  const shared = (sentence: string) =>
    new Set(
      splitWords(sentence)
        .map(normalizeWord)
        .filter((word) => asked.has(word)),
    ).size;
  const best = sentences.toSorted((one, other) => shared(other) - shared(one))[0] ?? text;
  return Array.from(best.trim()).slice(0, LONGEST_QUOTE).join('');
}
