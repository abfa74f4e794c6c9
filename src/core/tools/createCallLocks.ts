import { randomKey } from '../../common/randomKey.js';
import { sleep } from '../../common/sleep.js';
import type { CallRecord } from './CallRecord.js';
import type { CallRecords } from './createCallRecords.js';

/** Ensures that one page at a time runs the handler of a call. */
export interface CallLocks {
  /**
   * Acquires the lock of a call. It is held until it is released or the page is closed.
   *
   * @returns undefined if another page holds the lock and `wait` is false
   * @throws the reason of the signal
   */
  acquire: (key: string, options: AcquireOptions) => Promise<CallLock | undefined>;
}

export interface AcquireOptions {
  signal: AbortSignal;
  /** True to wait until the page that holds the lock releases it. */
  wait: boolean;
  /** Lifetime of a lock of another page without Web Locks, in milliseconds. */
  staleMs: number;
}

/** The lock of a call. */
export interface CallLock {
  /** Record of the call from before. If it has `startedBy` but no output, the handler may have run. */
  before: CallRecord | undefined;
  release: () => void;
}

const PREFIX = 'assistants-react:call:';
/** Time for which two claims may overlap: each page checks after it if its claim was overwritten. */
const SETTLE_MS = 50;
const POLL_INTERVAL_MS = 1_000;

/**
 * Creates locks from Web Locks. Without them (a page without TLS), a page claims a call in its record instead, which is less
 * strict: a claim of a closed page counts until it is stale.
 *
 * @param pageId Identifies this page in the records.
 */
export function createCallLocks(
  records: CallRecords,
  webLocks: LockManager | undefined,
  pageId = randomKey(),
): CallLocks {
  const markStarted = (key: string, release: () => void): CallLock => {
    const before = records.read(key);
    records.write(key, { startedBy: pageId });
    return { before, release };
  };

  async function claim(
    key: string,
    { signal, wait, staleMs }: AcquireOptions,
  ): Promise<CallLock | undefined> {
    for (;;) {
      signal.throwIfAborted();
      if (isClaimable(records.read(key), pageId, staleMs)) {
        const lock = markStarted(key, () => records.write(key, { startedBy: undefined }));
        if (records.isShared) await sleep(SETTLE_MS);
        if (records.read(key)?.startedBy === pageId) return lock;
      }
      if (!wait) return undefined;
      await sleep(POLL_INTERVAL_MS, signal);
    }
  }

  function acquireWebLock(
    locks: LockManager,
    key: string,
    { signal, wait }: AcquireOptions,
  ): Promise<CallLock | undefined> {
    return new Promise((resolve, reject) => {
      const onGranted = (granted: Lock | null): Promise<void> | undefined => {
        if (granted) return new Promise((release) => resolve(markStarted(key, release)));
        resolve(undefined);
        return undefined;
      };
      locks
        .request(PREFIX + key, wait ? { signal } : { ifAvailable: true }, onGranted)
        .catch(reject);
    });
  }

  return {
    acquire: (key, options) =>
      webLocks ? acquireWebLock(webLocks, key, options) : claim(key, options),
  };
}

/** Returns true if this page may claim the call. A call with an output does not run again, so its claim does not matter. */
function isClaimable(record: CallRecord | undefined, pageId: string, staleMs: number): boolean {
  if (record?.startedBy === undefined || record.startedBy === pageId) return true;
  return record.output !== undefined || Date.now() - record.at > staleMs;
}
