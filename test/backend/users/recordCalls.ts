import { AsyncLocalStorage } from 'node:async_hooks';
import type { Store } from '../../../src/backend/stores/Store.js';

/**
 * Wraps a store and records which objects a request reads and locks. Requests that make the same calls take the same time, so a
 * caller cannot tell a foreign object from a missing one by measuring.
 */
export function recordCalls(store: Store): {
  store: Store;
  /** Executes a request and resolves with the calls that it has made. Excludes what the backend does meanwhile. */
  record: <T>(request: () => Promise<T>) => Promise<{ result: T; calls: string[] }>;
} {
  const recording = new AsyncLocalStorage<string[]>();
  const add = (name: string, ...values: unknown[]) => {
    const text = [name, ...values.map((value) => JSON.stringify(value))].join(' ');
    recording.getStore()?.push(text);
  };
  const wrapped: Store = {
    ...store,
    get(collection, id) {
      add('get', collection, id);
      return store.get(collection, id);
    },
    getParent(collection, id) {
      add('getParent', collection, id);
      return store.getParent(collection, id);
    },
    list(collection, query) {
      add('list', collection, query);
      return store.list(collection, query);
    },
    count(collection, parent) {
      add('count', collection, parent);
      return store.count(collection, parent);
    },
    getContent(fileId) {
      add('getContent', fileId);
      return store.getContent(fileId);
    },
    write(changes) {
      add('write', changes);
      return store.write(changes);
    },
  };
  const withLock = store.withLock?.bind(store);
  if (withLock !== undefined) {
    wrapped.withLock = (key, task) => {
      add('lock', key);
      return withLock(key, task);
    };
  }
  return {
    store: wrapped,
    async record(request) {
      const calls: string[] = [];
      return { result: await recording.run(calls, request), calls };
    },
  };
}
