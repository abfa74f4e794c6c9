/**
 * A store that cannot do what it is asked.
 * - `full`: there is no room left. Nothing of the batch was written, and reading goes on.
 * - `busy`: another process has the store.
 * - `failed`: anything else: no such folder, no right to write, a damaged file. The message says which.
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

/** Whether a store has no room left. */
export function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.reason === 'full';
}

/** What reading would store on the way. Where the store does not take it, reading goes on with what there is. */
export async function catchHttpError<Result, Otherwise>(
  work: Promise<Result>,
  otherwise: Otherwise,
): Promise<Result | Otherwise> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError) return otherwise;
    throw error;
  }
}
