/**
 * Error of a store.
 * - `full`: no space left. Nothing of the batch was written. Reads still work.
 * - `busy`: another process uses the store.
 * - `failed`: any other cause, named in the message: a missing folder, missing permissions, a damaged file.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly reason: 'full' | 'busy' | 'failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Returns true if a store rejected a write because no space is left. */
export function isStoreFull(error: unknown): boolean {
  return error instanceof StoreError && error.reason === 'full';
}

/** Resolves with `fallback` if the store fails. Keeps objects readable when a write that accompanies the read fails. */
export async function catchStoreError<Result, Fallback>(
  work: Promise<Result>,
  fallback: Fallback,
): Promise<Result | Fallback> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) return fallback;
    throw error;
  }
}
