import { randomKey } from '../../common/randomKey.js';
import { setBounded } from '../../common/setBounded.js';
import type { FileObject } from '../../protocol/types.js';
import type { FileReader } from './createFileReader.js';
import { createSharedTasks } from './createSharedTasks.js';
import { type FileLimits, RETRY_AFTER_MS } from './fileLimits.js';
import { describeProblem, describeSearchProblem, type FileProblem } from './FileProblem.js';
import type { FoundPassage } from './FoundPassage.js';
import type { IndexedFile } from './indexPassages.js';
import type { Splitting } from './splitText.js';
import type { EmbeddedFile } from './vectors/createPassageVectors.js';
import type { VectorQuery, VectorSearch } from './vectors/createVectorSearch.js';
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
  /**
   * Ids of the files to return passages of. The others are indexed with them, so that all searches share an index.
   *
   * @default all
   */
  only?: readonly string[] | undefined;
  /**
   * `fused` combines the rankings by words and by vectors. `single` ranks by vectors alone, or by words if a file has no vectors.
   * @default 'fused'
   */
  ranking?: 'fused' | 'single' | undefined;
}

/** Result of a search. */
export interface FileSearchResult {
  /** Best passages, best first. */
  passages: FoundPassage[];
  /** Sentences for the user about files, or parts of them, that were not searched. */
  notices: string[];
}

/** Search in files by words, and by vectors if there is a model for them. */
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
  /** Without it, searches compare words only. */
  vectors?: VectorSearch | undefined;
}

/** Number of file sets that are remembered because their search has failed. */
const MAX_FAILURES = 1_000;

/** Creates a search. The index of a file set is kept in a worker. */
export function createFileSearch(options: FileSearchOptions): FileSearch {
  const { pool, limits, now } = options;
  const failures = createFailures(now);
  const tasks = createSharedTasks<JobOutcome>();
  // Workers are shared by all backends of a process, whose files may have the same ids.
  const scope = randomKey();

  /** Runs the job, with the texts and vectors only if the worker does not have them. */
  async function run(
    job: SearchJob,
    texts: readonly EmbeddedFile[],
    vectors: VectorQuery | undefined,
    signal: AbortSignal,
  ): Promise<JobOutcome> {
    const outcome = await pool.run(job, { signal });
    if (outcome.type !== 'indexMissing') return outcome;
    const files = texts.map(toIndexedFile);
    if (job.vectors?.type !== 'vectors' || vectors?.type !== 'vectors')
      return pool.run({ ...job, files }, { signal });
    const loaded = { ...job.vectors, files: await vectors.load() };
    return pool.run({ ...job, files, vectors: loaded }, { signal });
  }

  async function search(
    job: SearchJob,
    texts: readonly EmbeddedFile[],
    vectors: VectorQuery | undefined,
    signal: AbortSignal,
  ): Promise<Pick<FileSearchResult, 'passages'> & { problem: FileProblem | undefined }> {
    const known = failures.get(job.key);
    if (known !== undefined) return { passages: [], problem: known };
    const taskKey = JSON.stringify([
      job.key,
      job.query,
      job.limit,
      job.threshold,
      job.only,
      vectors?.type,
      vectors?.key,
      job.vectors?.isOnly,
    ]);
    const outcome = await tasks.run(taskKey, signal, (taskSignal) =>
      run(job, texts, vectors, taskSignal),
    );
    if (outcome.type === 'found') {
      const problem = outcome.isComplete ? undefined : getIndexProblem(vectors, job);
      return { passages: outcome.passages, problem };
    }
    const reason = outcome.type === 'ended' ? outcome.reason : 'failed';
    const problem = { reason, isPartial: false };
    failures.add(job.key, problem);
    return { passages: [], problem };
  }

  return {
    async find({ query, files, limit, threshold, only, ranking = 'fused' }, signal) {
      const { texts, notices } = await readFiles(options, files, signal);
      if (texts.length === 0) return { passages: [], notices };
      const prepared = await options.vectors?.prepare({ query, files: texts, only }, signal);
      notices.push(...(prepared?.notices ?? []));
      const vectors = selectVectors(prepared?.query, ranking);
      const job: SearchJob = {
        type: 'search',
        // An index for a search by vectors has passages that the other one leaves out.
        key: [scope, vectors === undefined ? 'words' : 'both', ...texts.map(getKey).sort()].join(),
        files: undefined,
        query,
        limit,
        threshold,
        only,
        vectors: vectors && toJobVectors(vectors, scope, ranking === 'single'),
        limits,
      };
      const { passages, problem } = await search(job, texts, vectors, signal);
      if (problem !== undefined) notices.push(describeSearchProblem(problem, limits));
      return { passages, notices };
    },
  };
}

/** Returns the texts of files, and sentences about what is missing in them. */
async function readFiles(
  { reader, limits }: Pick<FileSearchOptions, 'reader' | 'limits'>,
  files: readonly SearchedFile[],
  signal: AbortSignal,
): Promise<{ texts: EmbeddedFile[]; notices: string[] }> {
  const texts: EmbeddedFile[] = [];
  const notices: string[] = [];
  // One after the other, so that a search with many files leaves workers to the others.
  for (const { file, splitting } of files) {
    const read = await reader.read(file, signal);
    if (read === undefined) continue;
    if (read.text !== '') texts.push({ file, splitting, ...read });
    if (read.problem !== undefined)
      notices.push(describeProblem(read.problem, limits, file.filename));
  }
  return { texts, notices };
}

/** Remembers failed searches for a while: each would take a worker for the whole deadline. */
function createFailures(now: () => number) {
  const failures = new Map<string, { problem: FileProblem; retryAt: number }>();
  return {
    get(key: string): FileProblem | undefined {
      const known = failures.get(key);
      return known !== undefined && now() < known.retryAt ? known.problem : undefined;
    },
    add(key: string, problem: FileProblem): void {
      setBounded(failures, key, { problem, retryAt: now() + RETRY_AFTER_MS }, MAX_FAILURES);
    },
  };
}

/** A ranking by vectors alone would hide the files that have none. */
function selectVectors(
  vectors: VectorQuery | undefined,
  ranking: 'fused' | 'single',
): VectorQuery | undefined {
  return ranking === 'fused' || vectors?.isComplete === true ? vectors : undefined;
}

/** Returns the problem of a search in an index that has reached a limit. */
function getIndexProblem(
  vectors: VectorQuery | undefined,
  job: SearchJob,
): FileProblem | undefined {
  if (job.vectors?.isOnly === true) return undefined;
  return { reason: vectors?.isComplete === true ? 'indexedWords' : 'index', isPartial: true };
}

function toJobVectors(query: VectorQuery, scope: string, isOnly: boolean): SearchJob['vectors'] {
  if (query.type === 'ranking') return { type: 'ranking', passages: query.passages, isOnly };
  const { key, vector } = query;
  return { type: 'vectors', key: `${scope},${key}`, query: vector, files: undefined, isOnly };
}

function toIndexedFile({ file, text, splitting }: EmbeddedFile): IndexedFile {
  return { fileId: file.id, filename: file.filename, text, splitting };
}

function getKey({ file, splitting: { size, overlap } }: EmbeddedFile): string {
  return `${file.id}/${size}/${overlap}`;
}
