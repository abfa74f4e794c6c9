import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { AssistantsError, toAssistantsError } from '../../client/AssistantsError.js';
import { randomKey } from '../../common/randomKey.js';
import type { OperationParams } from '../../client/operations.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Message, Run, RunStep, Thread, ToolOutput } from '../../protocol/types.js';
import { findRunSince } from './findRunSince.js';
import { createFrameScheduler } from './createFrameScheduler.js';
import { createPollPause } from './createPollPause.js';
import { readRun } from './readRun.js';
import { emptyRunState, applyRun, reduceRun, type RunState } from './reduceRun.js';
import { createRunPoller, type RunIds } from './createRunPoller.js';
import { emitSnapshots } from './emitSnapshots.js';

/** What to follow: a run that exists, or one that is made for it. */
export type RunTarget =
  | { threadId: string; runId: string }
  | { createRun: OperationParams<'createRun'> }
  | { createThreadAndRun: OperationParams<'createThreadAndRun'> };

export interface FollowRunOptions {
  /** 'auto' streams, and polls where there is no stream or it breaks; 'sse' and 'poll' do only the one. @default 'auto' */
  transport?: 'auto' | 'sse' | 'poll';
  /** Told of whole objects as they come: every change of the run, messages and steps when they begin and when they end. */
  sink?: {
    thread?: (thread: Thread) => void;
    run?: (run: Run) => void;
    message?: (message: Message) => void;
    step?: (step: RunStep) => void;
  };
  idempotencyKey?: string;
  /** The run before in the thread, so that it is never taken for the one to be made. */
  previousRunId?: string | undefined;
  /** See `readRun`. */
  idleTimeoutMs?: number;
}

export interface FollowedRunState extends RunState {
  /** 'waiting' is for tool outputs; 'failed' could not go on following, whatever the run does; see `error`. */
  phase: 'connecting' | 'streaming' | 'polling' | 'waiting' | 'settled' | 'failed' | 'detached';
  /** Of a failure, or while polling of the last poll that got no answer. */
  error: AssistantsError | undefined;
}

export interface FollowedRun {
  getState: () => FollowedRunState;
  /** Told at most once a frame. Returns how to stop being told. */
  subscribe: (listener: () => void) => () => void;
  /** All outputs of the required action at once. Resolves when the server has taken them. */
  submit: (outputs: ToolOutput[]) => Promise<void>;
  /** Cancels the run on the server, and follows it to its end. */
  stop: () => Promise<void>;
  /** Stops following; the run goes on. */
  detach: () => void;
  /** Whether the run was found rather than made. */
  readonly isAdopted: boolean;
  /** The run at its end. Rejects when it cannot be followed so far, with kind 'aborted' after `detach`. */
  readonly settled: Promise<Run>;
}

interface PendingSubmit {
  outputs: ToolOutput[];
  resolve: () => void;
  reject: (error: AssistantsError) => void;
}

/**
 * Follows one run over all its segments: creation, tool outputs, the end. Streams where it can, and polls whenever a
 * stream is not to be had or ends before its time. One request at a time.
 */
export function followRun(
  client: AssistantsClient,
  target: RunTarget,
  options: FollowRunOptions = {},
): FollowedRun {
  const { transport = 'auto', sink = {} } = options;
  const stream = transport !== 'poll';
  const detached = new AbortController();
  const { signal } = detached;
  const pause = createPollPause(signal);
  const poller = createRunPoller(client, signal);
  const listeners = new Set<() => void>();
  const { request: notify, flush, stop: stopFrames } = createFrameScheduler(listeners);
  let state: FollowedRunState = { ...emptyRunState, phase: 'connecting', error: undefined };
  let pending: PendingSubmit | undefined;
  let stopWanted = false;
  let isUrgent = 'runId' in target;

  const set = (next: Partial<FollowedRunState>) => {
    const { run, thread, messages, steps, phase } = state;
    state = { ...state, ...next };
    if (state.thread && state.thread !== thread) sink.thread?.(state.thread);
    // Messages and steps before the run: whoever sees it settled finds what it wrote.
    emitSnapshots(messages, state.messages, sink.message);
    emitSnapshots(steps, state.steps, sink.step);
    if (state.run && state.run !== run) sink.run?.(state.run);
    notify();
    if (state.phase !== phase) flush();
    if (stopWanted && state.run) void cancel().catch(() => undefined);
  };

  /** A snapshot that came without the messages and steps of the run. */
  const take = (run: Run) => {
    poller.restart();
    set({ ...applyRun(state, run), isDesynced: true });
  };

  async function readSegment(response: Response): Promise<void> {
    if (!response.headers.get('content-type')?.includes('event-stream'))
      return take((await response.json()) as Run);
    set({ phase: 'streaming', error: undefined });
    try {
      for await (const event of readRun(response, options)) {
        const next = reduceRun(state, event);
        if (next !== state) set(next);
      }
    } catch (error) {
      if (transport === 'sse' || signal.aborted) throw error;
      set({ error: toAssistantsError(error) });
    } finally {
      poller.restart();
    }
  }

  async function begin(): Promise<void> {
    if ('runId' in target) return;
    const call = { signal, idempotencyKey: options.idempotencyKey ?? randomKey() };
    const streamed = <P extends { body: object }>(params: P) => ({
      ...params,
      body: { ...params.body, stream },
    });
    const open = () =>
      'createRun' in target
        ? client.stream('createRun', streamed(target.createRun), call)
        : client.stream('createThreadAndRun', streamed(target.createThreadAndRun), call);
    const beganAt = Date.now();
    try {
      await readSegment(await open());
    } catch (error) {
      // Without an answer the run may still have been made.
      const failure = toAssistantsError(error);
      if (transport === 'sse' || (failure.kind !== 'network' && failure.kind !== 'timeout'))
        throw failure;
      set({ error: failure });
    }
    if (state.run || transport === 'sse' || signal.aborted) return;
    if (client.keepsIdempotencyKeys) return await readSegment(await open());
    if (!('createRun' in target)) return;
    const run = await findRunSince(client, target.createRun.threadId, beganAt, signal);
    if (!run || run.id === options.previousRunId) return;
    take(run);
    isUrgent = true;
  }

  async function submitSegment(
    run: Run,
    { outputs, resolve, reject }: PendingSubmit,
  ): Promise<void> {
    try {
      const body = { tool_outputs: outputs, stream };
      const response = await client.stream(
        'submitToolOutputsToRun',
        { ...idsOf(run), body },
        { signal },
      );
      resolve();
      await readSegment(response);
      // Cut before its first event: the run has moved on, and has not said so.
      isUrgent = state.run === run;
    } catch (error) {
      const failure = toAssistantsError(error);
      if (signal.aborted) return reject(failure);
      // No answer may still mean that the outputs arrived, and a refusal that somebody else's did: the run tells.
      await poll(idsOf(run)).catch(() => undefined);
      if (state.run?.status === 'requires_action') reject(failure);
      else if (failure.kind === 'http') reject(failure);
      else resolve();
    }
  }

  async function poll(ids: RunIds): Promise<void> {
    const { run, ...written } = await poller.poll(state, ids);
    set({ ...written, error: undefined });
    // By itself: a cancel may have moved it meanwhile.
    if (run) set(applyRun(state, run));
  }

  async function keepPolling(ids: RunIds): Promise<void> {
    const next = poller.nextPause(state.run);
    if (!next) {
      const message = 'The run is past its expiry, and the server has not ended it.';
      throw new AssistantsError('timeout', message, { operation: 'getRun', runId: ids.runId });
    }
    if (!isUrgent) await pause.wait(next.delayMs, next.leastMs);
    isUrgent = false;
    if (signal.aborted || pending) return;
    try {
      await poll(ids);
    } catch (error) {
      const failure = toAssistantsError(error, 'getRun');
      if (signal.aborted || endsPolling(failure, state.run !== undefined)) throw failure;
      poller.missed(failure);
      set({ error: failure });
    }
  }

  async function follow(): Promise<Run> {
    await begin();
    while (true) {
      signal.throwIfAborted();
      const { run } = state;
      if (!run && 'runId' in target) {
        await keepPolling(target);
        continue;
      }
      if (!run)
        throw (
          state.error ?? new AssistantsError('stream', 'The stream ended before it named its run.')
        );
      if (isSettled(run.status)) return await end(run);
      if (pending) {
        const submit = pending;
        pending = undefined;
        await submitSegment(run, submit);
        continue;
      }
      const isWaiting = run.status === 'requires_action';
      if (!isWaiting && transport === 'sse') throw state.error ?? cut();
      if (!isUrgent) set({ phase: isWaiting ? 'waiting' : 'polling' });
      await keepPolling(idsOf(run));
    }
  }

  /** The run has ended; what it wrote is asked for once more where the stream did not tell it whole. */
  async function end(run: Run): Promise<Run> {
    const isWhole =
      !state.isDesynced && state.messages.every((message) => message.status !== 'in_progress');
    const whole = isWhole ? state : await poller.finish(state, idsOf(run));
    set({ ...whole, phase: 'settled', error: undefined });
    return run;
  }

  async function cancel(): Promise<void> {
    stopWanted = false;
    const { run } = state;
    if (!run || isSettled(run.status)) return;
    try {
      const cancelled = await client.cancelRun(idsOf(run));
      set(applyRun(state, cancelled));
    } catch (error) {
      // Refused: the run was faster. Anything else the person should know.
      if (toAssistantsError(error).status !== 400) throw error;
    } finally {
      pause.wake();
    }
  }

  const settled = follow().catch((reason: unknown) => {
    const error = signal.aborted ? letGo(reason) : toAssistantsError(reason);
    pending?.reject(error);
    pending = undefined;
    set(signal.aborted ? { phase: 'detached' } : { phase: 'failed', error });
    throw error;
  });
  // Most callers watch the state; the promise is for those who ask for it.
  void settled.catch(() => undefined).then(stopFrames);

  return {
    settled,
    isAdopted: 'runId' in target,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async submit(outputs) {
      const { run, phase, error } = state;
      if (run?.status !== 'requires_action') {
        const message = `The run takes no tool outputs: it is ${run?.status ?? 'not there yet'}.`;
        throw new AssistantsError('run', message, { operation: 'submitToolOutputsToRun' });
      }
      if (pending)
        throw new AssistantsError('tool', 'The outputs of this run are on their way already.');
      if (phase === 'failed' || signal.aborted) throw error ?? letGo(signal.reason);
      await new Promise<void>((resolve, reject) => {
        pending = { outputs, resolve, reject };
        pause.wake();
      });
    },
    async stop() {
      if (state.run) await cancel();
      else stopWanted = true;
    },
    detach: () => detached.abort(),
  };
}

function idsOf({ thread_id: threadId, id: runId }: Run): RunIds {
  return { threadId, runId };
}

function letGo(cause: unknown): AssistantsError {
  return new AssistantsError('aborted', 'The run is no longer followed.', { cause });
}

function cut(): AssistantsError {
  return new AssistantsError('stream', 'The stream ended before the run did.', { retryable: true });
}

/** Whether asking again can only give the same answer. A page in place of an answer is a network's that wants a login. */
function endsPolling({ kind, operation, retryable }: AssistantsError, isKnown: boolean): boolean {
  if (!isKnown) return !retryable;
  return kind === 'invalid-id' || (kind === 'http' && operation === 'getRun' && !retryable);
}
