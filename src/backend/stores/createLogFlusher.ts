import { fdatasync } from 'node:fs';
import { createFailedError } from './sqliteErrors.js';
import type { StoreError } from './StoreError.js';

/** Makes the commits of a database durable. */
export interface LogFlusher {
  /** Resolves when all commits so far are durable. @throws StoreError if the disk failed to store them. */
  synced: () => Promise<void>;
  /** @throws StoreError if a previous flush failed. */
  assertHealthy: () => void;
}

/**
 * Flushes the write-ahead log of a database. Commits that arrive during a flush share the next one.
 *
 * @param log File descriptor of the log.
 * @param path Path of the database, for error messages.
 */
export function createLogFlusher(log: number, path: string): LogFlusher {
  /** Flush that has not started yet and therefore covers everything committed until now. */
  let nextFlush: Promise<void> | undefined;
  let lastFlush: Promise<void> = Promise.resolve();
  let failure: StoreError | undefined;

  function assertHealthy(): void {
    if (failure !== undefined) throw failure;
  }

  return {
    assertHealthy,
    async synced() {
      nextFlush ??= lastFlush.then(() => {
        nextFlush = undefined;
        return flush(log);
      });
      lastFlush = nextFlush.catch((error: unknown) => {
        // Permanent: the system may have discarded the data that it could not write, and reports the error only once.
        failure = createFailedError(
          `The disk did not keep what was written to ${path}. Restart the process to continue`,
          error,
        );
      });
      await lastFlush;
      assertHealthy();
    },
  };
}

function flush(descriptor: number): Promise<void> {
  return new Promise((resolved, rejected) => {
    fdatasync(descriptor, (error) => {
      if (error === null) resolved();
      else rejected(error);
    });
  });
}
