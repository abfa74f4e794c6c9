import { MEBIBYTE } from '../../common/mebibyte.js';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './StoreError.js';

/** Free space below which a failed write counts as a full disk. A failed batch may be larger than the probe. */
const FULL_BELOW_BYTES = 16 * MEBIBYTE;
const PROBE_BYTES = 64 * 1024;

/** Returns true if SQLite failed because of the disk, and not because of a statement. */
export function isDiskError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /disk I\/O error|database or disk is full|unable to open|readonly/.test(error.message)
  );
}

/** Returns true if a system call failed because the disk, or the quota of the user, is full. */
export function isFullError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Finds the cause of a failed write. SQLite only learns that the write failed, so this writes a probe file next to it. */
export function diagnoseWriteError(path: string, error: unknown): StoreError {
  const probe = `${path}.probe`;
  try {
    writeFileSync(probe, new Uint8Array(PROBE_BYTES));
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < FULL_BELOW_BYTES
      ? createFullError(path, error)
      : createFailedError(`Cannot write to ${path}`, error);
  } catch (probeError) {
    return isFullError(probeError)
      ? createFullError(path, error)
      : createFailedError(`Cannot write to ${path}`, probeError);
  } finally {
    ignoreErrors(() => rmSync(probe, { force: true }));
  }
}

/** Creates a `failed` error with the message of its cause: `Cannot open the store X: disk I/O error.` */
export function createFailedError(summary: string, cause: unknown): StoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('failed', `${summary}: ${message}.`, { cause });
}

/** Runs a cleanup step whose errors would hide the error that made it necessary. */
export function ignoreErrors(cleanup: () => void): void {
  try {
    cleanup();
  } catch {
    // The original error is more useful.
  }
}

/** Creates the error of a full disk, with the advice to free some space. */
export function createFullError(path: string, cause: unknown): StoreError {
  return new StoreError(
    'full',
    `No space left on the disk of ${path}. Nothing was written. Free some space and try again.`,
    { cause },
  );
}
