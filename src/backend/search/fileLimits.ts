import { MEBIBYTE } from '../../common/mebibyte.js';
/** Limits for reading and searching uploaded files. What exceeds a limit is left out, and the file says so. */
export interface FileLimits {
  /** Time for one job, which reads a file or searches a set of files, in milliseconds. Half of it may be spent on the index. */
  deadlineMs: number;
  /** Size of a file. Larger files are not read. */
  fileBytes: number;
  /** Bytes of a text file that are decoded. The rest is ignored. */
  decodedBytes: number;
  /**
   * Memory that a PDF takes for its decompressed streams and other binary data, or an Office file for its parts, summed over the
   * whole file.
   */
  inflatedBytes: number;
  /** Text of a file, in UTF-16 units. */
  textLength: number;
  /** Pages of a PDF, or slides of a presentation. */
  pages: number;
  /** Rows of a table. */
  rows: number;
  /** Columns of a table. */
  columns: number;
  /** Cells of the sheets of a workbook. */
  cells: number;
  /** Nesting of JSON. Deeper documents are searched as plain text. */
  jsonDepth: number;
  /** Values in a JSON document. Larger documents are searched as plain text. */
  jsonValues: number;
  /** Words in the index of a set of files. */
  indexedWords: number;
  /** Distinct words in the index of a set of files. */
  indexedTerms: number;
  /** Memory for the vectors of a set of files. Those that the database compares take none. */
  vectorBytes: number;
  /** Time that a search waits for vectors that are being computed, in milliseconds. */
  vectorWaitMs: number;
}

/** Limits in a worker. */
export const FILE_LIMITS: FileLimits = {
  deadlineMs: 30_000,
  fileBytes: 64 * MEBIBYTE,
  decodedBytes: 32 * MEBIBYTE,
  inflatedBytes: 128 * MEBIBYTE,
  // About 4,000 pages.
  textLength: 8_000_000,
  pages: 5_000,
  rows: 200_000,
  columns: 1_000,
  cells: 1_000_000,
  jsonDepth: 64,
  jsonValues: 500_000,
  indexedWords: 3_000_000,
  indexedTerms: 400_000,
  vectorBytes: 64 * MEBIBYTE,
  vectorWaitMs: 10_000,
};

/** Limits without a worker, where each slice of work delays all other requests. PDF and Office files are not read at all. */
export const IN_PROCESS_LIMITS: FileLimits = {
  ...FILE_LIMITS,
  decodedBytes: 4 * MEBIBYTE,
  inflatedBytes: 0,
  textLength: 1_000_000,
  rows: 20_000,
  jsonValues: 50_000,
  indexedWords: 400_000,
  indexedTerms: 100_000,
};

/** Heap of a worker process, in MiB. */
export const WORKER_HEAP_MIB = 256;
/** Memory of a worker process, heap included. */
export const WORKER_MEMORY_BYTES = 768 * MEBIBYTE;
/** Workers of one process that read files at the same time. As many again search. */
export const WORKER_COUNT = 2;
/** Time to start a worker or to load the code for a job, in milliseconds. A machine under load may need many seconds. */
export const WORKER_START_MS = 120_000;
/** Time after which a worker without work ends, in milliseconds. */
export const WORKER_IDLE_MS = 30_000;

/** Time after which a file is read again that took too long, or whose worker ended unexpectedly, in milliseconds. */
export const RETRY_AFTER_MS = 300_000;

/**
 * Returns the limits with the defaults of those that are missing.
 *
 * @throws TypeError if a limit is not a number, because nothing would be limited then
 */
export function readFileLimits(limits: Partial<FileLimits> = {}): FileLimits {
  const read = { ...FILE_LIMITS };
  for (const name of Object.keys(FILE_LIMITS) as (keyof FileLimits)[]) {
    const limit: unknown = limits[name] ?? FILE_LIMITS[name];
    if (typeof limit !== 'number' || !(limit >= 0))
      throw new TypeError(`\`limits.files.${name}\` must be a number of at least 0.`);
    read[name] = limit;
  }
  return read;
}

/** Returns the smaller limit of each kind. */
export function getLowerLimits(one: FileLimits, other: FileLimits): FileLimits {
  const names = Object.keys(one) as (keyof FileLimits)[];
  return Object.fromEntries(
    names.map((name) => [name, Math.min(one[name], other[name])]),
  ) as unknown as FileLimits;
}
