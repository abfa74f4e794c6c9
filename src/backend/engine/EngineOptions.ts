import type { DomainContext } from '../domain/DomainContext.js';
import type { Model } from '../models/Model.js';
import type { FileService } from '../search/createFileService.js';
import type { RunUsage } from './RunUsage.js';
import type { EventLog } from './eventLog/createEventLog.js';
import type { OverlayStore } from './overlayStore.js';
import type { VectorStoreService } from './vectorStores/createVectorStoreService.js';

/** Options for `createEngine`. */
export interface EngineOptions extends DomainContext {
  /** Wrap the store once, with overlayStore, and pass the same one to the routes. */
  store: OverlayStore;
  model: Model;
  /** Reads and searches files. */
  files: Pick<FileService, 'reader' | 'search'>;
  /** Receives the vector stores that runs have searched. */
  vectorStores: Pick<VectorStoreService, 'recordUse'>;
  /** False to drop the reasoning of the model. */
  keepsReasoning: boolean;
  /** Aborts when the server stops, with the error of the runs that are active then. */
  shutdown: AbortSignal;
  /** Runs one task at a time for each key, in call order. */
  withLock: <T>(key: string, task: () => Promise<T>) => Promise<T>;
  /** Called with the tokens of each run that ends. Must not throw. */
  onUsage?: ((usage: RunUsage) => void) | undefined;
  /** @default createEventLog() */
  log?: EventLog;
  /** Id of this process, which owns the leases of its runs. @default a random id */
  owner?: string;
  /** True if other processes work on runs of the same store. @default false */
  isShared?: boolean;
}
