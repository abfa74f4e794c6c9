import type { DomainContext } from '../domain/DomainContext.js';
import type { Model } from '../models/Model.js';
import type { EventLog } from './createEventLog.js';
import type { OverlayStore } from './overlayStore.js';

/** Options for `createEngine`. */
export interface EngineOptions extends DomainContext {
  /** Wrap the store once, with overlayStore, and pass the same one to the routes. */
  store: OverlayStore;
  model: Model;
  /** Runs one task at a time for each key, in call order. */
  withLock: <T>(key: string, task: () => Promise<T>) => Promise<T>;
  /** @default createEventLog() */
  log?: EventLog;
}
