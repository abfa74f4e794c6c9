import type { DomainContext } from '../domain/DomainContext.js';
import type { Engine } from '../engine/Engine.js';
import type { VectorStoreService } from '../engine/vectorStores/createVectorStoreService.js';

/** Dependencies of all routes. */
export interface BackendContext extends DomainContext {
  engine: Engine;
  vectorStores: VectorStoreService;
  /** Runs one task at a time for each key, in call order. Keys are ids of threads and assistants, and idempotency keys. */
  withLock<T>(key: string, task: () => Promise<T>): Promise<T>;
}
