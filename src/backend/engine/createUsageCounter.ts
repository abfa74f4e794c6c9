import type { Usage } from '../../protocol/types.js';
import { getUsageId } from '../domain/usageDays.js';
import type { Change, Collections } from '../stores/Store.js';
import type { EngineOptions } from './EngineOptions.js';

type Run = Collections['runs'];
type UsageDay = Collections['usageDays'];

/**
 * Stores the end of a run with `commit`, together with the changes that count its tokens for the user of the thread. A run is
 * counted exactly once, because both are one write. Runs without tokens or without a thread are not counted.
 */
export type UsageCounter = (
  run: Run | undefined,
  commit: (changes: Change[]) => Promise<void>,
) => Promise<void>;

/** Creates the function that counts the tokens of runs by user and day. */
export function createUsageCounter({
  store,
  now,
  withLock,
  onUsage,
}: Pick<EngineOptions, 'store' | 'now' | 'withLock' | 'onUsage'>): UsageCounter {
  return async (run, commit) => {
    if (!run?.usage) return commit([]);
    const { usage } = run;
    const owner = await store.getParent('threads', run.thread_id);
    // A run whose thread was deleted has no user anymore, and must not count for those without an owner.
    if (owner === undefined) return commit([]);
    const userId = owner ?? undefined;
    const date = new Date(now()).toISOString().slice(0, 10);
    const id = getUsageId(date, userId);
    // Runs of one user can end at the same time, in any process.
    await withLock(`usage ${id}`, async () => {
      const day = addUsage((await store.get('usageDays', id)) ?? createDay(id, date), usage);
      const parent = userId === undefined ? {} : { parent: userId };
      await commit([{ type: 'put', collection: 'usageDays', object: day, ...parent }]);
    });
    onUsage?.({
      userId,
      threadId: run.thread_id,
      runId: run.id,
      assistantId: run.assistant_id,
      model: run.model,
      usage,
    });
  };
}

function createDay(id: string, date: string): UsageDay {
  return { id, date, runs: 0, prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
}

function addUsage(day: UsageDay, usage: Usage): UsageDay {
  return {
    ...day,
    runs: day.runs + 1,
    prompt_tokens: day.prompt_tokens + usage.prompt_tokens,
    completion_tokens: day.completion_tokens + usage.completion_tokens,
    total_tokens: day.total_tokens + usage.total_tokens,
  };
}
