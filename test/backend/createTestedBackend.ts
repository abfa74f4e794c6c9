import type { BackendOptions } from '../../src/backend/BackendOptions.js';
import { type Backend, createBackend } from '../../src/backend/createBackend.js';

type CreateBackend = (options: BackendOptions) => Backend;

let create: CreateBackend = createBackend;

/** Makes `createTestedBackend` create other backends. */
export function replaceTestedBackend(replacement: CreateBackend): void {
  create = replacement;
}

/**
 * Creates the backend of a test. In `npm run test:cluster`, it is several backends with one database, see
 * `createClusterBackend`.
 */
export function createTestedBackend(options: BackendOptions): Backend {
  return create(options);
}
