import type { FileWorker } from './FileWorker.js';

/** Starts a Web Worker. Throws if the environment has none, or a policy of the page forbids it. */
export function startWebWorker(): FileWorker {
  // Bundlers recognize this expression and bundle the module for the worker.
  return new Worker(new URL('./workerEntry.js', import.meta.url), { type: 'module' });
}
