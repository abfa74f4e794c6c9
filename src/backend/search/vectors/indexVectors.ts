import { quantizeVector } from './quantizeVector.js';

/** Passages that a search ranks by their vectors. Further ones have too little in common with the query to change the result. */
export const MAX_SIMILAR = 200;

/** Vectors of the first passages of a file, one after the other. */
export interface FileVectors {
  fileId: string;
  /** Values of one vector. */
  dimensions: number;
  values: Int8Array;
}

/** Passage with the similarity of its vector to that of a query. */
export interface SimilarPassage {
  fileId: string;
  /** Number of the passage in its file, from 0. */
  number: number;
  /** Cosine of the angle between the vectors, from 0 to 1. */
  similarity: number;
}

/** Vectors of the passages of files. */
export interface VectorIndex {
  /** Memory of the vectors. */
  bytes: number;
  /**
   * Returns the passages that are most similar to a query, best first. Ignores files whose vectors have another length.
   *
   * @param only Ids of the files to return passages of. @default all
   */
  search(query: Float32Array, limit: number, only?: readonly string[]): SimilarPassage[];
}

/**
 * Creates an index that compares a query with every vector. For the vectors of some ten thousand passages, that takes
 * milliseconds, needs no time to build and finds exactly the best ones.
 */
export function indexVectors(files: readonly FileVectors[]): VectorIndex {
  const measured = files.map((file) => ({ ...file, lengths: measureVectors(file) }));
  return {
    bytes: files.reduce((sum, { values }) => sum + values.length, 0),
    search(query, limit, only) {
      const allowed = only && new Set(only);
      const reduced = quantizeVector(query);
      const queryLength = Math.sqrt(multiply(reduced, reduced, 0));
      const best = createBestList(limit);
      for (const { fileId, dimensions, values, lengths } of measured) {
        if (dimensions !== reduced.length || allowed?.has(fileId) === false) continue;
        for (const [number, length] of lengths.entries()) {
          const similarity = multiply(reduced, values, number * dimensions) / length / queryLength;
          // A vector without a direction is similar to none.
          if (similarity > best.getLeast())
            best.add({ fileId, number, similarity: Math.min(similarity, 1) });
        }
      }
      return best.entries;
    },
  };
}

/** Keeps the most similar passages, best first: sorting all would take as long as comparing them. */
function createBestList(limit: number) {
  const entries: SimilarPassage[] = [];
  return {
    entries,
    /** Returns the similarity that a passage must exceed to be kept. */
    getLeast: (): number => (entries.length < limit ? 0 : (entries.at(-1)?.similarity ?? 0)),
    add(passage: SimilarPassage): void {
      let position = entries.length;
      while (position > 0 && (entries[position - 1]?.similarity ?? 1) < passage.similarity)
        position -= 1;
      entries.splice(position, 0, passage);
      if (entries.length > limit) entries.pop();
    },
  };
}

/** Returns the lengths of the vectors. */
function measureVectors({ values, dimensions }: FileVectors): Float32Array {
  return Float32Array.from({ length: Math.floor(values.length / dimensions) }, (_, number) => {
    const vector = values.subarray(number * dimensions, (number + 1) * dimensions);
    return Math.sqrt(multiply(vector, vector, 0));
  });
}

/** Returns the scalar product of a vector and the one that starts at a position. Whole numbers are the fastest. */
function multiply(vector: Int8Array, values: Int8Array, start: number): number {
  let product = 0;
  for (let index = 0; index < vector.length; index++)
    product += (vector[index] ?? 0) * (values[start + index] ?? 0);
  return product;
}
