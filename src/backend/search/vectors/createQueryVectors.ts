import { setBounded } from '../../../common/setBounded.js';
import { assertVectors, type EmbeddingsModel, toUserMessage } from './EmbeddingsModel.js';

/** Vector of a query, or the reason why there is none. */
export type QueryVector = { vector: Float32Array } | { message: string };

/** Returns the vector of a query. Rejects only when the signal aborts. */
export type EmbedQuery = (query: string, signal: AbortSignal) => Promise<QueryVector>;

/** Options for `createQueryVectors`. */
export interface QueryVectorsOptions {
  model: EmbeddingsModel;
  /** Returns the current time in milliseconds. */
  now: () => number;
}

/** Number of queries whose vectors are kept. */
const CACHED_QUERIES = 200;
/** Time after a failure in which searches do not wait for the model, in milliseconds. */
const PAUSE_MS = 30_000;

/** Creates the function that computes the vectors of the queries of a backend. */
export function createQueryVectors({ model, now }: QueryVectorsOptions): EmbedQuery {
  const known = new Map<string, Float32Array>();
  let failure: { message: string; endsAt: number } | undefined;

  async function request(query: string, signal: AbortSignal): Promise<Float32Array> {
    const vectors = await model.embed([query], { purpose: 'query', signal });
    assertVectors(vectors, 1);
    const [vector = new Float32Array()] = vectors;
    setBounded(known, query, vector, CACHED_QUERIES);
    return vector;
  }

  return async (query, signal) => {
    const vector = known.get(query);
    if (vector !== undefined) return { vector };
    if (failure !== undefined && now() < failure.endsAt) return { message: failure.message };
    try {
      return { vector: await request(query, signal) };
    } catch (error) {
      signal.throwIfAborted();
      const message = toUserMessage(error);
      failure = { message, endsAt: now() + PAUSE_MS };
      return { message };
    }
  };
}
