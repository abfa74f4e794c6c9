import { randomKey } from '../../common/randomKey.js';
import type { FileObject } from '../../protocol/types.js';
import type { FileReader } from './createFileReader.js';
import { createSharedTasks } from './createSharedTasks.js';
import { type FileLimits, RETRY_AFTER_MS } from './fileLimits.js';
import { describeProblem, describeSearchProblem, type FileProblem } from './FileProblem.js';
import type { FoundPassage } from './FoundPassage.js';
import type { IndexedFile } from './indexPassages.js';
import type { Splitting } from './splitText.js';
import type { JobOutcome, WorkerPool } from './worker/createWorkerPool.js';
import type { SearchJob } from './worker/Job.js';

/** File to search, and the rules for splitting its text. */
export interface SearchedFile {
  file: FileObject;
  splitting: Splitting;
}

/** Query to a set of files. */
export interface FileQuery {
  query: string;
  /** Distinct files in any order. */
  files: readonly SearchedFile[];
  /** Maximum number of passages. */
  limit: number;
  /** Minimum score, from 0 to 1. */
  threshold: number;
  /** Ids of the files to return passages of. The others are indexed with them, so that all searches share an index. @default all */
  only?: readonly string[] | undefined;
}

/** Result of a search. */
export interface FileSearchResult {
  /** Best passages, best first. */
  passages: FoundPassage[];
  /** Sentences for the user about files, or parts of them, that were not searched. */
  notices: string[];
}

/** Full-text search in files. */
export interface FileSearch {
  /** Searches files. Ignores files that no longer exist. Rejects with the reason of the signal when it aborts. */
  find(query: FileQuery, signal: AbortSignal): Promise<FileSearchResult>;
}

/** Options for `createFileSearch`. */
export interface FileSearchOptions {
  reader: FileReader;
  /** Separate from the pool of the reader, so that a search never waits for a large file of another search. */
  pool: WorkerPool;
  limits: FileLimits;
  /** Returns the current time in milliseconds. */
  now: () => number;
}

/** Number of file sets that are remembered because their search has failed. */
const MAX_FAILURES = 1_000;

/** Creates a search. The index of a file set is kept in a worker. */
export function createFileSearch({ reader, pool, limits, now }: FileSearchOptions): FileSearch {
  const failures = new Map<string, { problem: FileProblem; retryAt: number }>();
  const tasks = createSharedTasks<JobOutcome>();
  // Workers are shared by all backends of a process, whose files may have the same ids.
  const scope = randomKey();

  async function readFiles(
    files: readonly SearchedFile[],
    signal: AbortSignal,
  ): Promise<{ texts: IndexedFile[]; notices: string[] }> {
    const texts: IndexedFile[] = [];
    const notices: string[] = [];
    // One after the other, so that a search with many files leaves workers to the others.
    for (const { file, splitting } of files) {
      const read = await reader.read(file, signal);
      if (read === undefined) continue;
      const { id: fileId, filename } = file;
      if (read.text !== '') texts.push({ fileId, filename, text: read.text, splitting });
      if (read.problem !== undefined) notices.push(describeProblem(read.problem, limits, filename));
    }
    return { texts, notices };
  }

  /** Runs the job, with the texts only if the worker has no index of them. */
  async function run(
    job: SearchJob,
    texts: IndexedFile[],
    signal: AbortSignal,
  ): Promise<JobOutcome> {
    const outcome = await pool.run(job, { signal });
    return outcome.type === 'indexMissing'
      ? pool.run({ ...job, files: texts }, { signal })
      : outcome;
  }

  async function search(
    job: SearchJob,
    texts: IndexedFile[],
    signal: AbortSignal,
  ): Promise<Pick<FileSearchResult, 'passages'> & { problem: FileProblem | undefined }> {
    const known = failures.get(job.key);
    if (known !== undefined && now() < known.retryAt)
      return { passages: [], problem: known.problem };
    const taskKey = JSON.stringify([job.key, job.query, job.limit, job.threshold, job.only]);
    const outcome = await tasks.run(taskKey, signal, (taskSignal) => run(job, texts, taskSignal));
    if (outcome.type === 'found') {
      const problem = { reason: 'index', isPartial: true } as const;
      return { passages: outcome.passages, problem: outcome.isComplete ? undefined : problem };
    }
    const reason = outcome.type === 'ended' ? outcome.reason : 'failed';
    const problem = { reason, isPartial: false };
    rememberFailure(job.key, problem);
    return { passages: [], problem };
  }

  /** Files whose search fails would take a worker for the whole deadline each time. */
  function rememberFailure(key: string, problem: FileProblem): void {
    const [oldest] = failures.keys();
    if (failures.size >= MAX_FAILURES && oldest !== undefined) failures.delete(oldest);
    failures.set(key, { problem, retryAt: now() + RETRY_AFTER_MS });
  }

  return {
    async find({ query, files, limit, threshold, only }, signal) {
      const { texts, notices } = await readFiles(files, signal);
      if (texts.length === 0) return { passages: [], notices };
      const key = [scope, ...texts.map(getKey).sort()].join();
      const job: SearchJob = {
        type: 'search',
        key,
        files: undefined,
        query,
        limit,
        threshold,
        only,
        limits,
      };
      const { passages, problem } = await search(job, texts, signal);
      if (problem !== undefined) notices.push(describeSearchProblem(problem, limits));
      return { passages, notices };
    },
  };
}

function getKey({ fileId, splitting: { size, overlap } }: IndexedFile): string {
  return `${fileId}/${size}/${overlap}`;
}
