import type { Run } from '../../protocol/types.js';
import { ModelError } from '../models/Model.js';
import { StoreError } from '../stores/StoreError.js';

/** Converts an error to the `last_error` of a run. */
export function toLastError(error: unknown): NonNullable<Run['last_error']> {
  if (error instanceof ModelError) return { code: error.code, message: error.message };
  // Messages of the store name files of the server, so they are not sent to clients.
  if (error instanceof StoreError) {
    return { code: 'server_error', message: 'The server could not store the answer.' };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'server_error', message: message || 'The model failed without an error message.' };
}
