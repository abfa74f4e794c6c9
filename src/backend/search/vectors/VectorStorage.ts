import type { SimilarPassage } from './indexVectors.js';

/** Vectors of consecutive passages of a file. */
export interface VectorBatch {
  /** Number of the first passage. */
  first: number;
  /** Values of one vector. */
  dimensions: number;
  /** The vectors, one after the other. */
  values: Int8Array;
  /** True if no passage follows. */
  isLast: boolean;
}

/** Passages that a storage has ranked. */
export interface StoredRanking {
  /** The passages that are most similar to a query, best first. */
  passages: SimilarPassage[];
  /** Those of the given keys that the storage has vectors for. */
  keys: ReadonlySet<string>;
}

/** Index of a storage that compares vectors. */
export interface StoredIndex {
  /** Indexes the vectors with this key. */
  add(key: string): Promise<void>;
  /** Ranks the passages with these keys. Resolves with undefined if the vectors have to be compared in memory. */
  search(query: {
    vector: Int8Array;
    keys: readonly string[];
    limit: number;
  }): Promise<StoredRanking | undefined>;
}

/** Keeps vectors with the files that they belong to. `key` identifies the vectors of one text, splitting and model. */
export interface VectorStorage {
  /** Resolves with the last batch that was stored. */
  readLast(fileId: string, key: string): Promise<VectorBatch | undefined>;
  /** Resolves with all batches, in the order of their passages. */
  readAll(fileId: string, key: string): Promise<VectorBatch[]>;
  /** Stores the next batch. Resolves with false if the file was deleted. */
  append(fileId: string, key: string, batch: VectorBatch): Promise<boolean>;
  /** Removes the vectors of a file whose keys satisfy a condition. */
  remove(fileId: string, isRemoved: (key: string) => boolean): Promise<void>;
  /** Compares vectors where they are stored. Undefined if the storage cannot do that. */
  index?: StoredIndex | undefined;
}
