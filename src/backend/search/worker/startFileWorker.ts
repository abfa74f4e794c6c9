import type { FileWorker } from './FileWorker.js';
import { isNode, startNodeProcess } from './startNodeProcess.js';
import { startWebWorker } from './startWebWorker.js';

/** Starts a worker of the environment: a process in Node, else a Web Worker. Throws if there is none. */
export function startFileWorker(): FileWorker {
  return isNode() ? startNodeProcess() : startWebWorker();
}
