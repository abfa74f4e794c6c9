import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { createKeyedMutex } from '../../../common/createKeyedMutex.js';
import { randomId } from '../../../common/randomId.js';
import { sleep } from '../../../common/sleep.js';
import { StoreError } from '../StoreError.js';
import type { Database, Query } from './createDatabase.js';

/** Time after which the locks of a process that has ended are free, in milliseconds. */
const LOCK_MS = 12_000;
const RENEWAL_MS = 3_000;
const MAX_WAIT_MS = 100;

/** A lock that a task holds. */
interface HeldLock {
  /** Identifies this holding, so that a lock that was lost and taken again does not look held. */
  token: string;
  /** False after the task has ended. Work that it has started may continue without the lock. */
  isHeld: boolean;
  /** Lock of the surrounding task. */
  outer: HeldLock | undefined;
}

/** Locks that all processes of a store share. */
export interface Locks {
  /** Runs one task at a time for each key. Tasks of one process run in call order. */
  withLock<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Rejects a transaction if a lock of its task was lost. Keeps the locks from being taken until the transaction ends. */
  assertHeld(query: Query): Promise<void>;
  /** Returns true if a transaction needs `assertHeld`. */
  isLocked(): boolean;
  close(): void;
}

/**
 * Creates locks that are rows. The lock of a process that ends is free after 12 seconds. A process that was suspended for
 * longer cannot write with a lock that it has lost, because each of its transactions checks its locks.
 *
 * Rows and not advisory locks, because those need one connection for each lock, or get lost with a shared one, and do not work
 * through connection poolers.
 */
export function createLocks(database: Database, schema: string): Locks {
  const withLocalLock = createKeyedMutex();
  const context = new AsyncLocalStorage<HeldLock>();
  const rows = createLockRows(database, schema);

  function listTokens(): string[] {
    const tokens: string[] = [];
    for (let lock = context.getStore(); lock !== undefined; lock = lock.outer)
      if (lock.isHeld) tokens.push(lock.token);
    return tokens;
  }

  return {
    withLock: (key, task) =>
      withLocalLock(key, async () => {
        const rowKey = toRowKey(key);
        const token = await rows.acquire(rowKey);
        const lock: HeldLock = { token, isHeld: true, outer: context.getStore() };
        try {
          return await context.run(lock, task);
        } finally {
          lock.isHeld = false;
          await rows.release(rowKey, token);
        }
      }),

    isLocked: () => listTokens().length > 0,

    async assertHeld(query) {
      const tokens = listTokens();
      const text = `SELECT key FROM ${schema}.locks WHERE token = ANY($1) ORDER BY key FOR SHARE`;
      const found = await query(text, [tokens]);
      if (found.length === tokens.length) return;
      throw new StoreError(
        'busy',
        'This process was too slow, so that another one has taken over its work. Nothing was written. Try again.',
      );
    },

    close: rows.close,
  };
}

/**
 * Returns the key of a row. Keys contain ids of requests, which can have any length and characters that PostgreSQL rejects.
 */
function toRowKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** Rows of the locks of this process. They are renewed until they are released. */
function createLockRows(database: Database, schema: string) {
  const table = `${schema}.locks`;
  const expiry = `clock_timestamp() + interval '${LOCK_MS} milliseconds'`;
  const held = new Set<string>();
  let timer: ReturnType<typeof setInterval> | undefined;

  async function renew(): Promise<void> {
    const text = `UPDATE ${table} SET expires_at = ${expiry} WHERE token = ANY($1)`;
    await database.query(text, [[...held]]);
  }

  function close(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    close,

    /** Waits for a lock. Resolves with its token. */
    async acquire(key: string): Promise<string> {
      const token = randomId('');
      const text = `INSERT INTO ${table} AS stored (key, token, expires_at) VALUES ($1, $2, ${expiry})
        ON CONFLICT (key) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at
        WHERE stored.expires_at < clock_timestamp() OR stored.token = excluded.token RETURNING key`;
      for (let waitMs = 4; ; waitMs = Math.min(waitMs * 2, MAX_WAIT_MS)) {
        const taken = await database.query(text, [key, token]);
        if (taken.length > 0) break;
        // Random, so that processes do not keep asking at the same times.
        await sleep(waitMs * (0.5 + Math.random()));
      }
      held.add(token);
      // Transactions notice if a renewal failed and the lock was lost.
      timer ??= setInterval(() => void renew().catch(() => undefined), RENEWAL_MS).unref();
      return token;
    },

    async release(key: string, token: string): Promise<void> {
      held.delete(token);
      if (held.size === 0) close();
      try {
        await database.query(`DELETE FROM ${table} WHERE key = $1 AND token = $2`, [key, token]);
      } catch {
        // The lock expires. An error would replace the result of the task.
      }
    },
  };
}
