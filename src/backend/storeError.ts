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
