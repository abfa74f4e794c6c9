import { createLruCache } from '../../../common/createLruCache.js';
import { MEBIBYTE } from '../../../common/mebibyte.js';
import { createTextWriter } from '../createTextWriter.js';
import type { FoundPassage } from '../FoundPassage.js';
import type { PassageIndex } from '../indexPassages.js';
import { fuseRankings, type Scored } from '../vectors/fuseRankings.js';
import {
  indexVectors,
  MAX_SIMILAR,
  type SimilarPassage,
  type VectorIndex,
} from '../vectors/indexVectors.js';
import type {
  ComparedVectors,
  ExtractJob,
  Job,
  JobResult,
  SearchJob,
  WorkerMessage,
} from './Job.js';

/** Executes a job. Emits its text, and resolves with its result. */
export type JobRunner = (job: Job, effects: JobEffects) => Promise<JobResult>;

/** Effects of a job. */
export interface JobEffects {
  emit: (message: WorkerMessage) => void;
  /** Called between slices of work. Yields to the event loop if it is due. Rejects to stop the job. */
  pause: () => Promise<void>;
}

/** Words in all indexes that a worker keeps. */
const MAX_INDEXED_WORDS = 3_000_000;
/** Memory of all vectors that a worker keeps. */
const MAX_VECTOR_BYTES = 128 * MEBIBYTE;
/** Total length of the passages of one search, about 16,000 tokens. */
const MAX_RESULT_LENGTH = 64_000;

/** Creates a runner. It keeps the indexes that were used last. */
export function createJobRunner(): JobRunner {
  const indexes = createLruCache<PassageIndex>(MAX_INDEXED_WORDS);
  const vectorIndexes = createLruCache<VectorIndex>(MAX_VECTOR_BYTES);

  function isMissing({ key, files, vectors }: SearchJob): boolean {
    const lacksWords = files === undefined && !indexes.has(key);
    const lacksVectors =
      vectors?.type === 'vectors' && vectors.files === undefined && !vectorIndexes.has(vectors.key);
    return lacksWords || lacksVectors;
  }

  async function search(job: SearchJob, { emit, pause }: JobEffects): Promise<JobResult> {
    const { indexPassages } = await import('../indexPassages.js');
    emit({ type: 'ready' });
    if (isMissing(job)) return { type: 'indexMissing' };
    const { limits } = job;
    // The search itself needs time, too.
    const end = performance.now() + limits.deadlineMs / 2;
    const isLate = () => performance.now() > end;
    const keepsAll = job.vectors !== undefined;
    const index = await indexes.get(
      job.key,
      () => indexPassages(job.files ?? [], { limits, pause, isLate, keepsAll }),
      ({ wordCount }) => wordCount,
    );
    const passages = takeBest(await rank(job, index), index, job);
    return { type: 'found', passages, isComplete: index.isComplete };
  }

  async function rank({ query, vectors, only }: SearchJob, index: PassageIndex): Promise<Scored[]> {
    if (vectors === undefined) return index.search(query, only);
    const similar =
      vectors.type === 'ranking' ? vectors.passages : await findSimilar(vectors, only);
    const ranking = similar.flatMap(({ fileId, number, similarity }): Scored[] => {
      const position = (index.starts.get(fileId) ?? 0) + number;
      // Vectors that another version of this package has stored may be those of other passages.
      return index.passages[position]?.fileId === fileId ? [{ position, score: similarity }] : [];
    });
    return vectors.isOnly ? ranking : fuseRankings(index.search(query, only), ranking);
  }

  async function findSimilar(
    { key, query, files }: ComparedVectors,
    only: SearchJob['only'],
  ): Promise<SimilarPassage[]> {
    const index = await vectorIndexes.get(
      key,
      async () => indexVectors(files ?? []),
      ({ bytes }) => bytes,
    );
    return index.search(query, MAX_SIMILAR, only);
  }

  return async (job, effects) => {
    try {
      return await (job.type === 'extract' ? extract(job, effects) : search(job, effects));
    } catch {
      return { type: 'failed' };
    }
  };
}

async function extract(job: ExtractJob, { emit, pause }: JobEffects): Promise<JobResult> {
  const { extractText } = await import('../extractText.js');
  const onStart = () => emit({ type: 'ready' });
  onStart();
  const { filename, bytes, limits } = job;
  const onText = (text: string) => emit({ type: 'text', text });
  const writer = createTextWriter({ limits, onStart, onText, pause });
  await extractText(filename, bytes, writer, limits);
  return { type: 'extracted', reason: writer.end() };
}

/** Returns the first passages that satisfy all limits. The best passage is returned even if it is too long. */
function takeBest(
  ranking: readonly Scored[],
  { passages }: PassageIndex,
  { limit, threshold }: SearchJob,
): FoundPassage[] {
  const taken: FoundPassage[] = [];
  let length = 0;
  for (const { position, score } of ranking) {
    const passage = passages[position];
    if (passage === undefined) continue;
    length += passage.text.length;
    const isTooLong = taken.length > 0 && length > MAX_RESULT_LENGTH;
    if (taken.length === limit || score < threshold || isTooLong) break;
    taken.push({ ...passage, score: round(score) });
  }
  return taken;
}

function round(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
