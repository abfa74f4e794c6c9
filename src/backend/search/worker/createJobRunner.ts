import { createLruCache } from '../../../common/createLruCache.js';
import { createTextWriter } from '../createTextWriter.js';
import type { FoundPassage } from '../FoundPassage.js';
import type { PassageIndex } from '../indexPassages.js';
import type { ExtractJob, Job, JobResult, SearchJob, WorkerMessage } from './Job.js';

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
/** Total length of the passages of one search, about 16,000 tokens. */
const MAX_RESULT_LENGTH = 64_000;

/** Creates a runner. It keeps the indexes that were used last. */
export function createJobRunner(): JobRunner {
  const indexes = createLruCache<PassageIndex>(MAX_INDEXED_WORDS);

  async function search(job: SearchJob, { emit, pause }: JobEffects): Promise<JobResult> {
    const { indexPassages } = await import('../indexPassages.js');
    emit({ type: 'ready' });
    const { key, files, limits } = job;
    if (files === undefined && !indexes.has(key)) return { type: 'indexMissing' };
    const index = await indexes.get(
      key,
      () => indexPassages(files ?? [], limits, pause),
      ({ wordCount }) => wordCount,
    );
    const passages = takeBest(index.search(job.query, job.only), job.limit, job.threshold);
    return { type: 'found', passages, isComplete: index.isComplete };
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
  passages: readonly FoundPassage[],
  limit: number,
  threshold: number,
): FoundPassage[] {
  const taken: FoundPassage[] = [];
  let length = 0;
  for (const passage of passages) {
    length += passage.text.length;
    const isTooLong = taken.length > 0 && length > MAX_RESULT_LENGTH;
    if (taken.length === limit || passage.score < threshold || isTooLong) break;
    taken.push(passage);
  }
  return taken;
}
