import { createLruCache } from '../../common/createLruCache.js';
import { setBounded } from '../../common/setBounded.js';
import type { FileObject } from '../../protocol/types.js';
import { createSharedTasks } from './createSharedTasks.js';
import { type FileLimits, RETRY_AFTER_MS } from './fileLimits.js';
import { type FileProblem, isTransient, type ProblemReason } from './FileProblem.js';
import type { WorkerPool } from './worker/createWorkerPool.js';

/** Text of a file. */
export interface FileText {
  /** Empty if the file has no text, or could not be read. */
  text: string;
  /** Tells why the text, or a part of it, is missing. */
  problem: FileProblem | undefined;
}

/** Reads the text of files in a worker. The content of a file never changes, so texts are cached. */
export interface FileReader {
  /**
   * Resolves with the text of a file, or with undefined if the file no longer exists. Ends the worker when the signals of all
   * callers abort.
   */
  read(file: FileObject, signal: AbortSignal): Promise<FileText | undefined>;
}

/** Options for `createFileReader`. */
export interface FileReaderOptions {
  /** Returns the bytes of a file, or undefined if it no longer exists. */
  readFile: (fileId: string) => Promise<Uint8Array | undefined>;
  pool: WorkerPool;
  limits: FileLimits;
  /** Returns the current time in milliseconds. */
  now: () => number;
  /** Called when a file was read with a problem, or without the problem that it had before. */
  onRead?: ((file: FileObject, problem: FileProblem | undefined) => Promise<void>) | undefined;
}

/** Attempts to read a file that may succeed later. */
interface Attempts {
  count: number;
  /** Time of the next attempt. */
  retryAt: number;
}

/** Size of the cache, in UTF-16 units of text. */
const CACHE_SIZE = 32_000_000;
/** Size of a cached file without text. */
const MIN_SIZE = 1_000;

/** Number of files whose attempts are counted. */
const MAX_COUNTED_FILES = 1_000;

/** Creates a reader. */
export function createFileReader(options: FileReaderOptions): FileReader {
  const { readFile, pool, limits, now, onRead } = options;
  const cache = createLruCache<FileText | undefined>(CACHE_SIZE);
  const tasks = createSharedTasks<FileText | undefined>();
  const attempts = new Map<string, Attempts>();

  async function extract(file: FileObject, signal: AbortSignal): Promise<FileText | undefined> {
    if (file.bytes > limits.fileBytes)
      return { text: '', problem: { reason: 'fileBytes', isPartial: false } };
    const bytes = await readFile(file.id);
    if (bytes === undefined) return undefined;
    const pieces: string[] = [];
    const outcome = await pool.run(
      { type: 'extract', filename: file.filename, bytes, limits },
      { signal, onText: (text) => pieces.push(text) },
    );
    const text = pieces.join('');
    const empty = /\.pdf$/i.test(file.filename) ? 'scanned' : 'empty';
    const reason = getReason(outcome) ?? (text === '' ? empty : undefined);
    return { text, problem: reason && { reason, isPartial: text !== '' } };
  }

  async function extractAndReport(
    file: FileObject,
    attempt: number,
    signal: AbortSignal,
  ): Promise<FileText | undefined> {
    const read = await extract(file, signal);
    const problem = read?.problem;
    if (problem !== undefined && isTransient(problem)) planRetry(file.id, attempt);
    if (problem !== undefined || attempt > 0) await onRead?.(file, problem);
    return read;
  }

  function planRetry(id: string, attempt: number): void {
    const next = { count: attempt, retryAt: now() + RETRY_AFTER_MS };
    setBounded(attempts, id, next, MAX_COUNTED_FILES);
  }

  /** Returns the number of the attempt whose result is wanted. */
  function getAttempt(id: string): number {
    const known = attempts.get(id);
    if (known === undefined) return 0;
    return now() < known.retryAt ? known.count : known.count + 1;
  }

  return {
    read(file, signal) {
      const attempt = getAttempt(file.id);
      const key = `${file.id}/${attempt}`;
      return tasks.run(key, signal, (taskSignal) =>
        cache.get(
          key,
          () => extractAndReport(file, attempt, taskSignal),
          (read) => MIN_SIZE + (read?.text.length ?? 0),
        ),
      );
    },
  };
}

function getReason(outcome: Awaited<ReturnType<WorkerPool['run']>>): ProblemReason | undefined {
  if (outcome.type === 'extracted' || outcome.type === 'ended') return outcome.reason;
  return 'failed';
}
