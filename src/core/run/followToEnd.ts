import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { readResponse } from '../../client/readResponse.js';
import { canRejoin } from '../../protocol/extensions.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import type { FollowRunOptions } from './FollowedRun.js';
import type { FollowStore } from './createFollowStore.js';
import type { PollPause } from './createPollPause.js';
import type { RunPoller, RunPollerOptions } from './createRunPoller.js';
import { findRunSince } from './findRunSince.js';
import { createExpiredError, createOutputsNotRequiredError } from './followErrors.js';
import {
  getNextStep,
  type CreationTarget,
  type FollowConfig,
  type FollowStep,
} from './getNextStep.js';
import { getRunIds, type RunIds } from './getRunIds.js';
import { readRun, type StreamIds } from './readRun.js';
import type { RunState } from './RunState.js';

/** Everything that the steps of following one run use. */
export interface FollowContext {
  client: AssistantsClient;
  config: FollowConfig;
  options: FollowRunOptions;
  /** Idempotency key of the creation. */
  idempotencyKey: string;
  startedAtMs: number;
  now: () => number;
  /** Aborts when `detach` is called. */
  signal: AbortSignal;
  store: FollowStore;
  /** Undefined until `loadPoller` has loaded its code. */
  poller: RunPoller | undefined;
  /** Loads the code of the poller. Rejects with an AssistantsError of kind 'network' while it cannot be loaded. */
  loadPoller: () => Promise<(options: RunPollerOptions) => RunPoller>;
  pause: PollPause;
}

/** Delay before the code of the poller is loaded again after a failure. */
const LOAD_RETRY_MS = 3_000;

type Step<Type extends FollowStep['type']> = Extract<FollowStep, { type: Type }>;

/** Follows a run until it settles. Performs one step, and so one request, at a time. */
export async function followToEnd(context: FollowContext): Promise<Run> {
  const { config, signal, store } = context;
  while (true) {
    signal.throwIfAborted();
    const step = getNextStep(store.getState(), config);
    switch (step.type) {
      case 'create':
        await createRun(context, step.target);
        break;
      case 'repeatCreation':
        await readSegment(context, await sendCreation(context, step.target));
        store.dispatch({ type: 'creationEnded' });
        break;
      case 'findRun':
        await findCreatedRun(context, step.threadId);
        break;
      case 'submit':
        await submitOutputs(context, step);
        break;
      case 'rejoin':
        await rejoin(context, step);
        break;
      case 'poll':
        await pollAfterPause(context, step);
        break;
      case 'finish':
        await finish(context, step.run);
        return step.run;
      case 'fail':
        throw step.error;
    }
  }
}

async function createRun(context: FollowContext, target: CreationTarget): Promise<void> {
  const { config, store } = context;
  try {
    await readSegment(context, await sendCreation(context, target));
  } catch (thrown) {
    const error = toAssistantsError(thrown);
    // Without a response, the server may have created the run nevertheless.
    const isUnanswered = error.kind === 'network' || error.kind === 'timeout';
    if (!config.canPoll || !isUnanswered) throw error;
    store.dispatch({ type: 'requestFailed', error });
  }
  store.dispatch({ type: 'creationEnded' });
}

function sendCreation(context: FollowContext, target: CreationTarget): Promise<Response> {
  const { client, idempotencyKey, signal } = context;
  const call = { signal, idempotencyKey };
  const stream = isStreamed(context);
  switch (target.type) {
    case 'createRun': {
      const { params } = target;
      return client.stream('createRun', { ...params, body: { ...params.body, stream } }, call);
    }
    case 'createThreadAndRun': {
      const { params } = target;
      const body = { ...params.body, stream };
      return client.stream('createThreadAndRun', { ...params, body }, call);
    }
  }
}

function isStreamed({ options }: FollowContext): boolean {
  return options.transport !== 'poll';
}

async function findCreatedRun(context: FollowContext, threadId: string): Promise<void> {
  const { client, options, startedAtMs, store } = context;
  const run = await findRunSince(client, threadId, startedAtMs, context);
  store.dispatch({ type: 'creationEnded' });
  if (!run || run.id === options.previousRunId) return;
  context.poller?.restart();
  store.dispatch({ type: 'runReceived', run, source: 'search' });
}

/** Reads one stream of the run, up to requires_action or the end, or the JSON of a server that cannot stream. */
async function readSegment(context: FollowContext, response: Response): Promise<void> {
  const ids = getRequestIds(context);
  const { config, options, signal, store } = context;
  if (!response.headers.get('content-type')?.includes('event-stream')) {
    // `readResponse` has checked that it is a run.
    const run = (await readResponse('getRun', ids, response)) as Run;
    context.poller?.restart();
    store.dispatch({ type: 'runReceived', run, source: 'response' });
    return;
  }
  store.dispatch({ type: 'streamOpened', canRejoin: canRejoin(response.headers) });
  try {
    for await (const event of readRun(response, { ...options, ids })) {
      store.dispatch({ type: 'eventReceived', event });
    }
  } catch (error) {
    if (!config.canPoll || signal.aborted) throw error;
    store.dispatch({ type: 'requestFailed', error: toAssistantsError(error) });
  } finally {
    context.poller?.restart();
  }
}

/** Returns the ids that are known from the request or from earlier responses. */
function getRequestIds({ config: { target }, store }: FollowContext): StreamIds {
  const { run } = store.getState().followed;
  if (run) return { ...getRunIds(run), assistantId: run.assistant_id };
  if (target.type === 'existing') return target.ids;
  const { body } = target.params;
  const threadId = target.type === 'createRun' ? target.params.threadId : undefined;
  return { threadId, assistantId: body.assistant_id };
}

async function submitOutputs(
  context: FollowContext,
  { run, submit: { outputs, resolve, reject } }: Step<'submit'>,
): Promise<void> {
  const { client, signal, store } = context;
  store.dispatch({ type: 'submitStarted' });
  try {
    const body = { tool_outputs: outputs, stream: isStreamed(context) };
    const params = { ...getRunIds(run), body };
    const response = await client.stream('submitToolOutputsToRun', params, { signal });
    resolve();
    await readSegment(context, response);
    store.dispatch({ type: 'submitEnded', run });
  } catch (thrown) {
    const error = toAssistantsError(thrown);
    if (signal.aborted) return reject(error);
    // The outputs may have arrived although there was no response, and another tab may have submitted them before: the status
    // of the run tells.
    await poll(context, getRunIds(run)).catch(() => undefined);
    const isStillWaiting = store.getState().followed.run?.status === 'requires_action';
    if (isStillWaiting || error.kind === 'http') reject(error);
    else resolve();
  }
}

/** Continues the stream. If that fails or brings nothing, the run is polled once before the next attempt. */
async function rejoin(context: FollowContext, { ids, after }: Step<'rejoin'>): Promise<void> {
  const { client, signal, store } = context;
  try {
    const query = { stream: true, starting_after: Number(after) } as const;
    const response = await client.stream('getRun', { ...ids, query }, { signal, retry: 0 });
    await readSegment(context, response);
  } catch (error) {
    if (signal.aborted) throw error;
    store.dispatch({ type: 'requestFailed', error: toAssistantsError(error) });
  }
  if (store.getState().lastEventId === after) store.dispatch({ type: 'rejoinFailed' });
}

async function loadPoller(context: FollowContext): Promise<RunPoller> {
  const createPoller = await context.loadPoller();
  context.poller ??= createPoller(context);
  return context.poller;
}

async function poll(context: FollowContext, ids: RunIds): Promise<void> {
  const { store } = context;
  const poller = context.poller ?? (await loadPoller(context));
  const { thread, run, messages, steps, isDesynced } = await poller.poll(
    store.getState().followed,
    ids,
  );
  store.dispatch({
    type: 'polled',
    result: { thread, run, messages, steps, isDesynced },
    canRejoin: isStreamed(context) && poller.canRejoin(),
  });
}

async function pollAfterPause(context: FollowContext, { ids, isDue }: Step<'poll'>): Promise<void> {
  const { pause, signal, store } = context;
  if (!isDue) store.dispatch({ type: 'pollScheduled' });
  const poller =
    context.poller ??
    (await loadPoller(context).catch((thrown: unknown) => {
      store.dispatch({ type: 'requestFailed', error: toAssistantsError(thrown) });
    }));
  if (!poller) return pause.wait(LOAD_RETRY_MS);
  const delay = poller.nextPause(store.getState().followed.run);
  if (!delay) throw createExpiredError(ids);
  if (!isDue) await pause.wait(delay.delayMs, delay.minDelayMs);
  store.dispatch({ type: 'pollStarted' });
  if (signal.aborted || store.getState().queuedSubmit) return;
  try {
    await poll(context, ids);
  } catch (thrown) {
    const error = toAssistantsError(thrown, 'getRun');
    const isKnown = store.getState().followed.run !== undefined;
    if (signal.aborted || endsPolling(error, isKnown)) throw error;
    poller.recordFailure(error);
    store.dispatch({ type: 'requestFailed', error });
  }
}

/**
 * Returns true if polling again would only fail again. A known run is polled again after responses that are not from this API: a
 * network that requires a login answers with an HTML page.
 */
function endsPolling({ kind, operation, retryable }: AssistantsError, isKnown: boolean): boolean {
  if (!isKnown) return !retryable;
  return kind === 'invalid-id' || (kind === 'http' && operation === 'getRun' && !retryable);
}

/** Loads messages and steps once more if the stream has not delivered all of them. */
async function finish(context: FollowContext, run: Run): Promise<void> {
  const { store } = context;
  const { followed } = store.getState();
  const isComplete =
    !followed.isDesynced && followed.messages.every(({ status }) => status !== 'in_progress');
  const result = isComplete ? followed : await loadResult(context, run);
  // Outputs that were queued while the run was cancelled.
  store.getState().queuedSubmit?.reject(createOutputsNotRequiredError(run.status));
  store.dispatch({ type: 'ended', end: { phase: 'settled', result } });
}

async function loadResult(context: FollowContext, run: Run): Promise<RunState> {
  const { followed } = context.store.getState();
  try {
    const poller = context.poller ?? (await loadPoller(context));
    return await poller.finish(followed, getRunIds(run));
  } catch {
    // The code cannot be loaded. The list of messages loads what is missing.
    return followed;
  }
}

/**
 * Cancels the run on the server. Does nothing if it is not known or has settled.
 *
 * @throws AssistantsError if the request fails, except with status 400: the run has settled meanwhile.
 */
export async function cancelFollowedRun({ client, pause, store }: FollowContext): Promise<void> {
  store.dispatch({ type: 'stopChanged', isRequested: false });
  const { run } = store.getState().followed;
  if (!run || isSettled(run.status)) return;
  try {
    const cancelled = await client.cancelRun(getRunIds(run));
    store.dispatch({ type: 'runReceived', run: cancelled, source: 'cancel' });
  } catch (error) {
    if (toAssistantsError(error).status !== 400) throw error;
  } finally {
    pause.wake();
  }
}
