import { getQueryWords, normalizeWord, splitWords } from './splitWords.js';

const MAX_QUOTE_LENGTH = 240;

/** Returns the sentence of a passage that contains the most words of the query, unchanged but truncated to 240 characters. */
export function findQuote(text: string, query: string): string {
  const queryWords = new Set(getQueryWords(query));
  const countMatches = (sentence: string) => {
    const words = splitWords(sentence).map(normalizeWord);
    return new Set(words.filter((word) => queryWords.has(word))).size;
  };
  const sentences = text
    .split(/(?<=[.!?。！？])\s+|\n+/)
    .filter((sentence) => sentence.trim() !== '');
  const [best = text] = sentences.toSorted((one, other) => countMatches(other) - countMatches(one));
  return Array.from(best.trim()).slice(0, MAX_QUOTE_LENGTH).join('');
}
