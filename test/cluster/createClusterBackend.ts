import postgres from 'postgres';
import { inject } from 'vitest';
import type { BackendOptions } from '../../src/backend/BackendOptions.js';
import { type Backend, createBackend } from '../../src/backend/createBackend.js';
import { postgresStore } from '../../src/backend/stores/postgres/postgresStore.js';
import { randomId } from '../../src/common/randomId.js';

const PROCESSES = 3;

/** Ends what `createClusterBackend` has created since the last call. */
const closing: (() => Promise<unknown>)[] = [];

/**
 * Creates three backends that share a PostgreSQL database. Each request goes to the next one. A test with a store of its own gets
 * one backend.
 */
export function createClusterBackend(options: BackendOptions): Backend {
  const url = inject('databaseUrl');
  if (url === undefined || options.store !== undefined) return createBackend(options);
  const sql = postgres(url, { max: 4, onnotice: () => undefined });
  const schema = randomId('test_').toLowerCase();
  const backends = Array.from({ length: PROCESSES }, () =>
    createBackend({ ...options, store: postgresStore({ sql, schema }) }),
  );
  const forAll = (call: (backend: Backend) => Promise<void>) => async () => {
    await Promise.all(backends.map(call));
  };
  const close = forAll((backend) => backend.close({ deadlineMs: 0 }));
  closing.push(close, () => sql.end({ timeout: 1 }));
  let turn = 0;
  return {
    async fetch(request) {
      turn += 1;
      const backend = backends[turn % PROCESSES] ?? createBackend(options);
      return backend.fetch(request);
    },
    idle: forAll((backend) => backend.idle()),
    drain: forAll((backend) => backend.drain()),
    close,
  };
}

/** Ends the backends of a test. */
export async function closeClusterBackends(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}
