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
}
