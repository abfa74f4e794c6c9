import { isActive, isSettled } from '../../protocol/runStatus.js';
import type { RunStep } from '../../protocol/types.js';
import type { DomainContext } from '../domain/DomainContext.js';
import { ModelError } from '../models/model.js';
import { RUN_LIFETIME_SECONDS } from '../domain/buildRun.js';
import { createFileSearch } from '../search/createFileSearch.js';
import type { Model } from '../models/model.js';
import type { Collections, Store } from '../stores/Store.js';
import { StoreError } from '../stores/StoreError.js';
import { type Answer, createAnswer } from './answer.js';
import { type Batch, endRunBatch, openStep, runBatch } from './batch.js';
import { readModelStream, Stopped } from './readModelStream.js';
import { buildRequest } from './conversation.js';
import type { Engine } from './Engine.js';
import { createEventBus, type EventBus } from './eventBus.js';
import type { OverlayStore } from './overlayStore.js';
import { findInterruptedRuns } from './findInterruptedRuns.js';
import { settleStep, type Outcome } from './outcome.js';
import { searchableFiles } from './searchableFiles.js';
import type { Memory } from './work.js';

/** Options for `createEngine`. */
export interface EngineOptions extends DomainContext {
  /** Wrap the store once, with overlayStore, and pass the same one to the routes. */
  store: OverlayStore;
  model: Model;
  /** Runs one task at a time for each key, in call order. */
  withLock<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** @default createEventBus() */
  bus?: EventBus;
}

/** A run in the hands of the engine, from its start to its end, requires_action included. */
interface Job extends Memory {
  controller: AbortController;
  expiry: ReturnType<typeof setTimeout> | undefined;
}

type Run = Collections['runs'];

/** Does something with a run as it stands in the store, while nobody else changes its thread. Rejects once it was stopped. */
type InTurn = <T>(task: (run: Run) => Promise<T>) => Promise<T>;

/** How often in a row a model may search before it has to answer. */
const MAX_SEARCHES = 10;
/** How many passages a search answers where the tool does not say. */
const MAX_RESULTS = 20;

/**
 * The engine of a backend. Each change of a run is stored, then published: a stream sees nothing that a poll does not.
 * Expiry is judged by `now` whenever a run is asked for, and by a timer that keeps no process alive.
 */
export function createEngine(options: EngineOptions): Engine {
  const { store, model, now, generateId, withLock, bus = createEventBus() } = options;
  const jobs = new Map<string, Job>();
  const tasks = new Set<Promise<void>>();
  const fileSearch = createFileSearch((fileId) => store.getContent(fileId));
  const seconds = () => Math.floor(now() / 1000);

  /** A store that fails in the background leaves the run to its expiry, and its streams with an error. */
  function inBackground(runId: string, work: Promise<unknown>): void {
    const task = work
      .catch((error: unknown) => {
        forget(runId);
        const data = {
          message: lastError(error).message,
          type: 'server_error',
          param: null,
          code: null,
        };
        bus.publish(runId, { event: 'error', data });
      })
      .then(() => void tasks.delete(task));
    tasks.add(task);
  }

  async function commit(runId: string, batch: Batch, into: Store = store): Promise<void> {
    await into.write(batch.changes);
    for (const grown of batch.grown ?? []) store.settle(grown);
    for (const event of batch.events) bus.publish(runId, event);
  }

  function jobOf(run: Run): Job {
    const known = jobs.get(run.id);
    if (known) return known;
    const job: Job = {
      controller: new AbortController(),
      expiry: undefined,
      usage: null,
      stepUsage: null,
      held: [],
    };
    jobs.set(run.id, job);
    watchExpiry(run, job);
    return job;
  }

  function forget(runId: string): void {
    const job = jobs.get(runId);
    clearTimeout(job?.expiry);
    jobs.delete(runId);
  }

  function watchExpiry(run: Run, job: Job): void {
    if (run.expires_at === null) return;
    job.expiry = setTimeout(
      () =>
        inBackground(
          run.id,
          withLock(run.thread_id, () => expireOrWait(run.id, job)),
        ),
      // No longer than a run lives: a clock that was set back far would make a delay that timers take for none.
      Math.min(Math.max(run.expires_at * 1000 - now(), 1000), RUN_LIFETIME_SECONDS * 1000),
    );
    // Browsers number their timers; Node's would keep a process alive for ten minutes.
    if (typeof job.expiry === 'object') job.expiry.unref();
  }

  /** The timer runs by the machine's clock, `now` perhaps by another: it may still be too early. */
  async function expireOrWait(runId: string, job: Job): Promise<void> {
    const run = await store.get('runs', runId);
    if (run === undefined) return stopGone(runId);
    if (isActive((await fresh(run)).status)) watchExpiry(run, job);
  }

  /** A run that was deleted: its streams end as they are, and whoever asks learns the rest. */
  function stopGone(runId: string): void {
    jobs.get(runId)?.controller.abort();
    forget(runId);
    bus.close(runId);
  }

  /** Ends a run that is not settled. Called inside `exclusive`. Resolves with the run as it is then; undefined: deleted. */
  async function end(runId: string, outcome: Outcome): Promise<Run | undefined> {
    const run = await store.get('runs', runId);
    if (run === undefined) {
      stopGone(runId);
      return undefined;
    }
    if (isSettled(run.status)) return run;
    const job = jobs.get(runId);
    const usage = { run: job?.usage ?? null, step: job?.stepUsage ?? null };
    await commit(runId, await endRunBatch(store, run, outcome, seconds(), usage));
    forget(runId);
    return store.get('runs', runId);
  }

  async function fresh(run: Run): Promise<Run> {
    if (isSettled(run.status) || run.expires_at === null || seconds() < run.expires_at) return run;
    jobs.get(run.id)?.controller.abort();
    return (
      (await end(run.id, { status: run.status === 'cancelling' ? 'cancelled' : 'expired' })) ?? run
    );
  }

  async function requireAction(run: Run, calls: RunStep): Promise<void> {
    const tool_calls =
      calls.step_details.type === 'tool_calls'
        ? calls.step_details.tool_calls.flatMap((call) =>
            call.type === 'function' ? [pendingCall(call)] : [],
          )
        : [];
    const waiting: Run = {
      ...run,
      status: 'requires_action',
      required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls } },
    };
    const stored = await store.get('steps', calls.id);
    const batch = runBatch(waiting);
    const changes = stored
      ? [{ type: 'put' as const, collection: 'steps' as const, object: stored }, ...batch.changes]
      : batch.changes;
    await commit(run.id, { changes, events: batch.events, grown: [calls.id] });
  }

  function newAnswer(run: Run, job: Job, inTurn: InTurn): Answer {
    return createAnswer({
      run,
      store,
      id: generateId,
      seconds,
      memory: job,
      publish: (event) => {
        if (!job.controller.signal.aborted) bus.publish(run.id, event);
      },
      change: (make) => inTurn(async (current) => commit(run.id, await make(current))),
      search: async (query) => {
        const settings = run.tools.find((tool) => tool.type === 'file_search')?.file_search;
        return fileSearch.find({
          query,
          files: await searchableFiles(store, run),
          limit: settings?.max_num_results ?? MAX_RESULTS,
          threshold: settings?.ranking_options?.score_threshold ?? 0,
        });
      },
    });
  }

  async function work(runId: string, threadId: string, job: Job): Promise<void> {
    const { signal } = job.controller;
    const inTurn: InTurn = (task) =>
      withLock(threadId, async () => {
        if (signal.aborted) throw new Stopped();
        const run = await store.get('runs', runId);
        if (run !== undefined) return task(run);
        stopGone(runId);
        throw new Stopped();
      });
    try {
      const run = await inTurn(async (queued) => {
        const begun: Run = { ...queued, status: 'in_progress', started_at: seconds() };
        await commit(runId, runBatch(begun));
        return begun;
      });
      for (let searches = 0; ; searches++) {
        const answer = newAnswer(run, job, inTurn);
        const held = job.held.splice(0);
        for (const event of held) await answer.take(event);
        // The places of annotations count from where an answer begins: it is not written on to the one before.
        if (held.length > 0) await answer.take({ type: 'message' });
        const request = await buildRequest(store, run, {
          signal,
          usage: job.usage,
          maySearch: searches < MAX_SEARCHES,
        });
        await readModelStream(model.respond(request), signal, (event) => answer.take(event));
        const ending = answer.end();
        if ('status' in ending && ending.status === 'searched') {
          if (searches < MAX_SEARCHES) continue;
          throw new ModelError(
            'server_error',
            `The model searched ${searches} times without an answer.`,
          );
        }
        await inTurn(async (current) => {
          if ('calls' in ending) await requireAction(current, ending.calls);
          else await end(runId, ending);
        });
        return;
      }
    } catch (error) {
      // Whoever stopped the run has seen to its end.
      if (error instanceof Stopped || signal.aborted) return;
      await withLock(threadId, () => end(runId, { status: 'failed', error: lastError(error) }));
    }
  }

  function launch(run: Run): void {
    inBackground(run.id, work(run.id, run.thread_id, jobOf(run)));
  }

  return {
    start(run) {
      bus.publish(run.id, { event: 'thread.run.created', data: run });
      bus.publish(run.id, { event: 'thread.run.queued', data: run });
      launch(run);
    },

    async submitToolOutputs(run, outputs, into) {
      const queued: Run = { ...run, status: 'queued', required_action: null };
      const batch = runBatch(queued);
      const step = await openStep(store, run.id);
      const job = jobOf(run);
      if (step?.step_details.type === 'tool_calls') {
        const tool_calls = step.step_details.tool_calls.map((call) =>
          call.type === 'function'
            ? { ...call, function: { ...call.function, output: outputs.get(call.id) ?? null } }
            : call,
        );
        const answered: RunStep = { ...step, step_details: { type: 'tool_calls', tool_calls } };
        const done = settleStep(answered, { status: 'completed' }, seconds(), job.stepUsage);
        job.stepUsage = null;
        batch.changes.unshift({ type: 'put', collection: 'steps', object: done });
        batch.events.unshift({ event: 'thread.run.step.completed', data: done });
      }
      await commit(run.id, batch, into);
      launch(queued);
      return queued;
    },

    async cancel(run, into) {
      const cancelling: Run = { ...run, status: 'cancelling', required_action: null };
      await commit(run.id, runBatch(cancelling), into);
      jobs.get(run.id)?.controller.abort();
      inBackground(
        run.id,
        withLock(run.thread_id, () => end(run.id, { status: 'cancelled' })),
      );
      return cancelling;
    },

    async findActiveRun(threadId) {
      // Only the newest can be active: it locks out every other.
      const page = await store.list('runs', { parent: threadId, order: 'desc', limit: 1 });
      const newest = page?.data[0];
      const run = newest && (await fresh(newest));
      return run && isActive(run.status) ? run : undefined;
    },

    async recover() {
      for (const { run, outcome } of await findInterruptedRuns(store)) {
        if (!jobs.has(run.id)) await withLock(run.thread_id, () => end(run.id, outcome));
      }
    },

    applyExpiry: fresh,
    subscribe: (runId, signal) => bus.subscribe(runId, signal),

    async idle() {
      while (tasks.size > 0) await Promise.allSettled(tasks);
    },
  };
}

function pendingCall({ id, function: { name, arguments: text } }: RunFunctionCall) {
  return { id, type: 'function' as const, function: { name, arguments: text } };
}

type RunFunctionCall = Extract<
  (RunStep['step_details'] & { type: 'tool_calls' })['tool_calls'][number],
  { type: 'function' }
>;

function lastError(error: unknown): NonNullable<Run['last_error']> {
  if (error instanceof ModelError) return { code: error.code, message: error.message };
  // Its words are for who runs the server: they name its files.
  if (error instanceof StoreError)
    return { code: 'server_error', message: 'The server could not store the answer.' };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'server_error', message: message || 'The model failed without a word.' };
}
