import MiniSearch from 'minisearch';
import { createYielder } from '../../common/yieldToEventLoop.js';
import type { FoundPassage } from './FoundPassage.js';
import { normalizeWord, getQueryWords, splitWords } from './words.js';

/** A piece of a file that can be found. */
export interface Passage {
  fileId: string;
  filename: string;
  text: string;
}

/** Passages, ready to be searched. */
export interface PassageIndex {
  passages: readonly Passage[];
  /** All passages that have something of the query, best first; equals in the order they stand in. */
  find(query: string): FoundPassage[];
}

/**
 * A full-text index (BM25) over passages. The score of a passage, 0 to 1, is the share of the words asked for that it has,
 * half of it weighed by its rank against the best: 1 is the best passage, with every word. It can be compared between
 * queries, which a BM25 value cannot.
 */
export async function indexPassages(passages: readonly Passage[]): Promise<PassageIndex> {
  const index = new MiniSearch<Passage & { id: number }>({
    fields: ['text', 'filename'],
    tokenize: splitWords,
    processTerm: normalizeWord,
  });
  const pause = createYielder();
  for (const [id, passage] of passages.entries()) {
    index.add({ ...passage, id });
    await pause();
  }

  return {
    passages,
    find(query) {
      const asked = getQueryWords(query);
      if (asked.length === 0) return [];
      const results = index.search(asked.join(' '), {
        tokenize: () => asked,
        processTerm: (word) => word,
        boost: { filename: 0.5 },
        // Other endings of a word, and its misspellings; a short word has too many neighbours.
        prefix: (word) => word.length >= 4,
        fuzzy: (word) => (word.length >= 6 ? 0.2 : false),
      });
      const best = results[0]?.score ?? 1;
      const scored = results.map(({ id, score, queryTerms }) => {
        const share = new Set(queryTerms).size / asked.length;
        return { place: Number(id), score: rounded(share * (0.5 + score / best / 2)) };
      });
      scored.sort((one, other) => other.score - one.score || one.place - other.place);
      return scored.flatMap(({ place, score }) => {
        const passage = passages[place];
        return passage === undefined ? [] : [{ ...passage, score }];
      });
    },
  };
}

function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
