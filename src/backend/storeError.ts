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

/** What reading has to store on the way, and what it goes on with where there is no room for that. */
export async function unlessFull<Result, Otherwise>(work: Promise<Result>, otherwise: Otherwise): Promise<Result | Otherwise> {
  try {
    return await work;
  } catch (error) {
    if (isFull(error)) return otherwise;
    throw error;
  }
}
