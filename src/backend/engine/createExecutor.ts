import { createSignalJoin } from '../../common/createSignalJoin.js';
import { isActive } from '../../protocol/runStatus.js';
import type { Collections } from '../stores/Store.js';
import { createRunBatch } from './batches.js';
import type { EngineOptions } from './EngineOptions.js';
import type { EventLog } from './eventLog/createEventLog.js';
import type { Job } from './createJobs.js';
import type { Settlement } from './createSettlement.js';
import { createRequiresActionBatch, executeRun } from './executeRun.js';
import { listSearchableFiles } from './listSearchableFiles.js';
import { RunStoppedError } from './readModelStream.js';
import type { RunContext } from './RunContext.js';
import { toLastError } from './toLastError.js';

type Run = Collections['runs'];

/** Runs a task with the stored run while its thread is locked. Rejects if the run was stopped or deleted. */
type WithRun = <T>(task: (run: Run) => Promise<T>) => Promise<T>;

/** Execution of a run. */
interface RunExecution {
  run: Run;
  job: Job;
  withRun: WithRun;
  /** Aborts when the run or the server is stopped. */
  signal: AbortSignal;
}

/** The number of passages of a search if the tool does not limit them. */
const MAX_RESULTS = 20;

/** Executes a queued run until it is settled or requires action. Rejects if the store fails. */
export type Executor = (run: Run, job: Job) => Promise<void>;

/** Creates the function that executes runs. */
export function createExecutor(
  options: EngineOptions & { log: EventLog },
  { commit, settle, drop }: Settlement,
  seconds: () => number,
): Executor {
  const { store, model } = options;
  const joinShutdown = createSignalJoin(options.shutdown);
  const createContext = createContextFactory(options, commit, seconds);

  return async ({ id, thread_id: threadId }, job) => {
    const { signal } = job.controller;
    const active = joinShutdown(signal);
    const withRun: WithRun = (task) =>
      options.withLock(threadId, async () => {
        if (signal.aborted) throw new RunStoppedError();
        const run = await store.get('runs', id);
        // Another process settles the run if this one did not renew its lease in time.
        if (run !== undefined && isActive(run.status)) return task(run);
        if (run === undefined) drop(id);
        throw new RunStoppedError();
      });
    try {
      const run = await withRun(async (queued) => {
        const started: Run = { ...queued, status: 'in_progress', started_at: seconds() };
        await commit(id, createRunBatch(started));
        return started;
      });
      const result = await executeRun(
        createContext({ run, job, withRun, signal: active.signal }),
        model,
        signal,
      );
      await withRun(async (current) => {
        if ('calls' in result) {
          await commit(id, await createRequiresActionBatch(store, current, result.calls));
        } else {
          await settle(id, result);
        }
      });
    } catch (error) {
      // The code that stopped the run settles it.
      if (error instanceof RunStoppedError || signal.aborted) return;
      const outcome = { status: 'failed', error: toLastError(error) } as const;
      await options.withLock(threadId, () => settle(id, outcome));
    } finally {
      active.dispose();
    }
  };
}

/** Returns a function that creates the context of a run, with the effects that its answer needs. */
function createContextFactory(
  options: Pick<
    EngineOptions,
    'store' | 'model' | 'generateId' | 'files' | 'now' | 'keepsReasoning' | 'vectorStores'
  > & { log: EventLog },
  commit: Settlement['commit'],
  seconds: () => number,
): (execution: RunExecution) => RunContext {
  const { store, generateId, log, files, now, keepsReasoning, vectorStores } = options;
  return ({ run, job, withRun, signal }) => ({
    run,
    store,
    generateId,
    seconds,
    now,
    keepsReasoning,
    builtInTools: options.model.builtInTools ?? [],
    memory: job,
    publish(event) {
      if (!job.controller.signal.aborted) log.append(run.id, event);
    },
    commit: (createBatch) => withRun(async (current) => commit(run.id, await createBatch(current))),
    async search(query) {
      const tool = run.tools.find(({ type }) => type === 'file_search');
      const settings = tool?.type === 'file_search' ? tool.file_search : undefined;
      const scope = await listSearchableFiles(store, run, now());
      vectorStores.recordUse(scope.vectorStoreIds);
      const fileQuery = {
        query,
        files: scope.files,
        limit: settings?.max_num_results ?? MAX_RESULTS,
        threshold: settings?.ranking_options?.score_threshold ?? 0,
        ranking: settings?.ranking_options?.ranker === 'none' ? 'single' : 'fused',
      } as const;
      const { passages, notices } = await files.search.find(fileQuery, signal);
      return { passages, notices: [...scope.notices, ...notices] };
    },
    readText: (file) => files.reader.read(file, signal),
  });
}
