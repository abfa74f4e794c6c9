/** Computes vectors of texts, so that a search finds passages by their meaning. */
export interface EmbeddingsModel {
  /** Identifies the vectors. Those of different ids are never compared, so another model needs another id. */
  readonly id: string;
  /** Maximum number of texts of one call. */
  readonly batchSize: number;
  /**
   * Returns a vector for each text, in their order. All vectors have the same number of values, and all values are finite.
   *
   * @throws EmbeddingsError with a sentence for the user
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
}

/** Options for `EmbeddingsModel.embed`. */
export interface EmbedOptions {
  /** `query` for the words of a search, `passage` for the texts of files. Some models treat them differently. */
  purpose: 'query' | 'passage';
  signal: AbortSignal;
}

/** Failure of an embeddings model. Its message is shown to users. */
export class EmbeddingsError extends Error {
  override readonly name = 'EmbeddingsError';
}

/** @throws EmbeddingsError unless there is one vector for each text, and all have the same length. */
export function assertVectors(vectors: readonly Float32Array[], count: number): void {
  const dimensions = vectors[0]?.length ?? 0;
  const isRegular =
    vectors.length === count && vectors.every(({ length }) => length === dimensions);
  if (!isRegular || dimensions === 0)
    throw new EmbeddingsError(
      'The embeddings model gave missing vectors, or vectors of different lengths.',
    );
}

/** Returns the message of a failure for the user. That of an unknown error may contain anything. */
export function toUserMessage(error: unknown): string {
  return error instanceof EmbeddingsError ? error.message : 'The embeddings model failed.';
}
