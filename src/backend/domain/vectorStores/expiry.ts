import type { VectorStore } from '../../../protocol/types.js';
import { badRequest } from '../errors.js';

const SECONDS_PER_DAY = 24 * 60 * 60;

/** Returns `expires_at` of a vector store. */
export function getExpiresAt(
  expiresAfter: VectorStore['expires_after'],
  lastActiveAt: number,
): number | null {
  return expiresAfter === undefined ? null : lastActiveAt + expiresAfter.days * SECONDS_PER_DAY;
}

/** Returns a vector store as it is now: a store expires without being written. */
export function withCurrentStatus(vectorStore: VectorStore, nowSeconds: number): VectorStore {
  return isExpired(vectorStore, nowSeconds) ? { ...vectorStore, status: 'expired' } : vectorStore;
}

/** Returns true if the files of a vector store cannot be searched any more. */
export function isExpired(
  { expires_at: expiresAt }: Pick<VectorStore, 'expires_at'>,
  nowSeconds: number,
): boolean {
  return expiresAt !== null && expiresAt !== undefined && nowSeconds >= expiresAt;
}

/** @throws HttpError 400 if a vector store is expired. */
export function assertNotExpired(vectorStore: VectorStore, nowSeconds: number): void {
  if (!isExpired(vectorStore, nowSeconds)) return;
  throw badRequest(
    `Vector store ${vectorStore.id} is expired. Modify it with a new 'expires_after' to use it again.`,
    { code: 'vector_store_expired' },
  );
}

/** Returns a vector store that was used now. */
export function withUse(vectorStore: VectorStore, nowSeconds: number): VectorStore {
  return {
    ...vectorStore,
    last_active_at: nowSeconds,
    expires_at: getExpiresAt(vectorStore.expires_after, nowSeconds),
  };
}
