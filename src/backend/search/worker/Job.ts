import { isRecord } from '../../../common/isRecord.js';
import type { FileLimits } from '../fileLimits.js';
import type { ProblemReason } from '../FileProblem.js';
import type { FoundPassage } from '../FoundPassage.js';
import type { IndexedFile } from '../indexPassages.js';
import type { FileVectors, SimilarPassage } from '../vectors/indexVectors.js';

/** Work that a worker does. A worker does one job at a time. */
export type Job = ExtractJob | SearchJob;

/** Extracts the text of a file. */
export interface ExtractJob {
  type: 'extract';
  filename: string;
  bytes: Uint8Array;
  limits: FileLimits;
}

/** Searches a set of files. */
export interface SearchJob {
  type: 'search';
  /** Identifies the set, so that its index is created once. */
  key: string;
  /** Undefined if the worker may have the index already. */
  files: readonly IndexedFile[] | undefined;
  query: string;
  /** Maximum number of passages. */
  limit: number;
  /** Minimum score, from 0 to 1. */
  threshold: number;
  /** Ids of the files to return passages of. Undefined for all. */
  only: readonly string[] | undefined;
  /** Undefined to compare words only. */
  vectors: ComparedVectors | RankedVectors | undefined;
  limits: FileLimits;
}

/** Vectors that the worker compares. */
export interface ComparedVectors {
  type: 'vectors';
  /** Identifies the vectors of the files, so that they are sent once. */
  key: string;
  query: Float32Array;
  /** Undefined if the worker may have them already. */
  files: readonly FileVectors[] | undefined;
  /** True to rank by vectors alone. */
  isOnly: boolean;
}

/** Vectors that the database has compared. */
export interface RankedVectors {
  type: 'ranking';
  /** Best first. */
  passages: readonly SimilarPassage[];
  /** True to rank by vectors alone. */
  isOnly: boolean;
}

/**
 * Message of a worker. `ready` is the first one, and is repeated when the code for a job is loaded. Each job ends with
 * one result.
 */
export type WorkerMessage = { type: 'ready' } | { type: 'text'; text: string } | JobResult;

/** Result of a job. */
export type JobResult =
  /** Ends an `extract` job, after its text. `reason` tells why a part of the file is missing. */
  | { type: 'extracted'; reason: ProblemReason | undefined }
  | { type: 'found'; passages: FoundPassage[]; isComplete: boolean }
  /** The worker has no index or no vectors with these keys. The job has to be sent again, with the files and the vectors. */
  | { type: 'indexMissing' }
  | { type: 'failed' };

const MESSAGE_TYPES: ReadonlySet<unknown> = new Set<WorkerMessage['type']>([
  'ready',
  'text',
  'extracted',
  'found',
  'indexMissing',
  'failed',
]);

/** Recognizes the messages of our worker. pdf.js sends some of its own when it runs in a Web Worker. */
export function isWorkerMessage(data: unknown): data is WorkerMessage {
  return isRecord(data) && MESSAGE_TYPES.has(data['type']);
}
