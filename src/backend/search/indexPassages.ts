import MiniSearch from 'minisearch';
import type { FileLimits } from './fileLimits.js';
import type { FoundPassage } from './FoundPassage.js';
import type { Scored } from './vectors/fuseRankings.js';
import { splitText, type Splitting } from './splitText.js';
import { getQueryWords, normalizeWord, splitWords } from './splitWords.js';

/** File to index. */
export interface IndexedFile {
  fileId: string;
  filename: string;
  text: string;
  splitting: Splitting;
}

/** Full-text index of the passages of files. */
export interface PassageIndex {
  /** Words in the index, a measure of its memory. */
  wordCount: number;
  /** False if a limit was reached, and the words of the rest of the files are missing. */
  isComplete: boolean;
  /** Passages of the files, by their positions. After a limit was reached, only with `keepsAll`. */
  passages: readonly Passage[];
  /** Positions of the first passages of files, by the ids of the files. */
  starts: ReadonlyMap<string, number>;
  /**
   * Returns all passages that match the query, best first. Passages with equal scores keep their order.
   *
   * @param only Ids of the files to return passages of. @default all
   */
  search(query: string, only?: readonly string[]): Scored[];
}

/** Passage of a file. */
export type Passage = Omit<FoundPassage, 'score'>;

/** Options for `indexPassages`. */
export interface IndexingOptions {
  limits: FileLimits;
  /** Yields to the event loop if it is due. */
  pause: () => Promise<void>;
  /** Returns true once the time to index more words is over. */
  isLate: () => boolean;
  /** True to keep the passages whose words exceed a limit, for a search by vectors. */
  keepsAll: boolean;
}

/**
 * Creates a full-text index (BM25) of the passages of files.
 *
 * The score of a passage, from 0 to 1, is the share of the query words that it contains. Half of it is scaled by the BM25 value
 * relative to the best passage, so the best passage with all words gets 1. Unlike BM25 values, scores can be compared between
 * queries.
 */
export async function indexPassages(
  files: readonly IndexedFile[],
  { limits, pause, isLate, keepsAll }: IndexingOptions,
): Promise<PassageIndex> {
  let wordCount = 0;
  const index = new MiniSearch<Passage & { id: number }>({
    fields: ['text', 'filename'],
    tokenize(text) {
      const words = splitWords(text);
      wordCount += words.length;
      return words;
    },
    processTerm: normalizeWord,
  });
  const passages: Passage[] = [];
  const starts = new Map<string, number>();
  let isFull = false;
  for (const { fileId, filename, text, splitting } of files) {
    starts.set(fileId, passages.length);
    for (const passage of splitText(text, splitting)) {
      isFull ||=
        wordCount > limits.indexedWords || index.termCount > limits.indexedTerms || isLate();
      if (!isFull) index.add({ fileId, filename, text: passage, id: passages.length });
      else if (!keepsAll) break;
      passages.push({ fileId, filename, text: passage });
      await pause();
    }
  }
  return {
    wordCount,
    isComplete: !isFull,
    passages,
    starts,
    search: (query, only) => searchPassages(index, passages, query, only && new Set(only)),
  };
}

function searchPassages(
  index: MiniSearch,
  passages: readonly Passage[],
  query: string,
  only: ReadonlySet<string> | undefined,
): Scored[] {
  const words = getQueryWords(query);
  if (words.length === 0) return [];
  const results = index.search(words.join(' '), {
    tokenize: () => words,
    processTerm: (word) => word,
    boost: { filename: 0.5 },
    // Matches other endings and misspellings. Short words have too many similar words.
    prefix: (word) => word.length >= 4,
    fuzzy: (word) => (word.length >= 6 ? 0.2 : false),
    filter: ({ id }) => only?.has(passages[Number(id)]?.fileId ?? '') !== false,
  });
  const bestScore = results[0]?.score ?? 1;
  const scored = results.map(({ id, score, queryTerms }) => {
    const share = new Set(queryTerms).size / words.length;
    return { position: Number(id), score: round(share * (0.5 + score / bestScore / 2)) };
  });
  return scored.sort((one, other) => other.score - one.score || one.position - other.position);
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
