import MiniSearch from 'minisearch';
import { createYielder } from '../../common/yieldToEventLoop.js';
import type { FoundPassage } from './FoundPassage.js';
import { getQueryWords, normalizeWord, splitWords } from './splitWords.js';

/** Passage of a file that can be searched. */
export interface Passage {
  fileId: string;
  filename: string;
  text: string;
}

/** Full-text index of passages. */
export interface PassageIndex {
  passages: readonly Passage[];
  /** Returns all passages that match the query, best first. Passages with equal scores keep their order. */
  search(query: string): FoundPassage[];
}

/**
 * Creates a full-text index (BM25) of passages.
 *
 * The score of a passage, from 0 to 1, is the share of the query words that it contains. Half of it is scaled by the BM25 value
 * relative to the best passage, so the best passage with all words gets 1. Unlike BM25 values, scores can be compared between
 * queries.
 */
export async function indexPassages(passages: readonly Passage[]): Promise<PassageIndex> {
  const index = new MiniSearch<Passage & { id: number }>({
    fields: ['text', 'filename'],
    tokenize: splitWords,
    processTerm: normalizeWord,
  });
  const yieldIfDue = createYielder();
  for (const [id, passage] of passages.entries()) {
    index.add({ ...passage, id });
    await yieldIfDue();
  }

  return {
    passages,
    search(query) {
      const words = getQueryWords(query);
      if (words.length === 0) return [];
      const results = index.search(words.join(' '), {
        tokenize: () => words,
        processTerm: (word) => word,
        boost: { filename: 0.5 },
        // Matches other endings and misspellings. Short words have too many similar words.
        prefix: (word) => word.length >= 4,
        fuzzy: (word) => (word.length >= 6 ? 0.2 : false),
      });
      const bestScore = results[0]?.score ?? 1;
      const scored = results.map(({ id, score, queryTerms }) => {
        const share = new Set(queryTerms).size / words.length;
        return { position: Number(id), score: round(share * (0.5 + score / bestScore / 2)) };
      });
      scored.sort((one, other) => other.score - one.score || one.position - other.position);
      return scored.flatMap(({ position, score }) => {
        const passage = passages[position];
        return passage === undefined ? [] : [{ ...passage, score }];
      });
    },
  };
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
