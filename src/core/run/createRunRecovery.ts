import { isHidden } from '../../common/isHidden.js';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { toSubmitBody } from '../../protocol/requiredAction.js';
import { createRunPoller, type RunPoller } from './createRunPoller.js';
import { findRunSince } from './findRunSince.js';
import type { FollowContext, RunRecovery } from './FollowContext.js';
import { createExpiredError } from './followErrors.js';
import type { FollowStep } from './getNextStep.js';
import { getRunIds, type RunIds } from './getRunIds.js';
import { isStreamed, readSegment } from './readSegment.js';

/** A server that ends each stream after an event must not be asked without a pause. */
const REJOIN_INTERVAL_MS = 1_000;

type Step<Type extends FollowStep['type']> = Extract<FollowStep, { type: Type }>;

/** Creates the steps that continue to follow a run after a stream has failed, or without one. */
export function createRunRecovery(context: FollowContext): RunRecovery {
  const { now, pause, store } = context;
  const poller = createRunPoller(context);
  let nextRejoinAtMs = 0;
  return {
    async performStep(step) {
      switch (step.type) {
        case 'submit':
          return submitOutputs(context, poller, step);
        case 'findRun':
          return findCreatedRun(context, step.threadId);
        case 'rejoin': {
          const delayMs = nextRejoinAtMs - now();
          if (delayMs > 0) await pause.wait(delayMs);
          nextRejoinAtMs = now() + REJOIN_INTERVAL_MS;
          return rejoin(context, step);
        }
        case 'poll':
          return pollAfterPause(context, poller, step);
      }
    },
    restart: () => poller.restart(),
    loadResult: (run) => poller.finish(store.getState().followed, getRunIds(run)),
  };
}

async function submitOutputs(
  context: FollowContext,
  poller: RunPoller,
  { run, submit: { answers, resolve, reject } }: Step<'submit'>,
): Promise<void> {
  const { client, signal, store } = context;
  store.dispatch({ type: 'submitStarted' });
  try {
    const body = { ...toSubmitBody(answers), stream: isStreamed(context) };
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
    await poll(context, poller, getRunIds(run)).catch(() => undefined);
    const isStillWaiting = store.getState().followed.run?.status === 'requires_action';
    if (isStillWaiting || isRefused(error)) reject(error);
    else resolve();
  }
}

/** Returns true if the server has answered that it did not accept the outputs. */
function isRefused({ kind }: AssistantsError): boolean {
  return kind === 'http' || kind === 'unsupported';
}

async function findCreatedRun(context: FollowContext, threadId: string): Promise<void> {
  const { client, options, startedAtMs, store } = context;
  const run = await findRunSince(client, threadId, startedAtMs, context);
  store.dispatch({ type: 'creationEnded' });
  if (!run || run.id === options.previousRunId) return;
  context.recovery?.restart();
  store.dispatch({ type: 'runReceived', run, source: 'search' });
}

/**
 * Continues the stream, unless the page is hidden. If that fails or brings nothing, the run is polled once before the
 * next attempt.
 */
async function rejoin(context: FollowContext, { ids, after }: Step<'rejoin'>): Promise<void> {
  const { client, config, signal, store } = context;
  let isRefused = false;
  if (config.canPoll && isHidden()) return store.dispatch({ type: 'rejoinFailed', isRefused });
  try {
    const query = {
      stream: true as const,
      ...(after !== undefined && { starting_after: Number(after) }),
    };
    const response = await client.stream('getRun', { ...ids, query }, { signal, retry: 0 });
    await readSegment(context, response);
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = toAssistantsError(error);
    isRefused = failure.status !== undefined && !failure.retryable;
    store.dispatch({ type: 'requestFailed', error: failure });
  }
  if (store.getState().lastEventId === after) store.dispatch({ type: 'rejoinFailed', isRefused });
}

async function poll(context: FollowContext, poller: RunPoller, ids: RunIds): Promise<void> {
  const { store } = context;
  const { thread, run, messages, steps, reasoning, isDesynced } = await poller.poll(
    store.getState().followed,
    ids,
  );
  store.dispatch({
    type: 'polled',
    result: { thread, run, messages, steps, reasoning, isDesynced },
    canRejoin: isStreamed(context) && poller.canRejoin() && !isHidden(),
  });
}

async function pollAfterPause(
  context: FollowContext,
  poller: RunPoller,
  { ids, isDue }: Step<'poll'>,
): Promise<void> {
  const { pause, signal, store } = context;
  const delay = poller.nextPause(store.getState().followed.run);
  if (!delay) throw createExpiredError(ids);
  if (!isDue) await pause.wait(delay.delayMs, delay.minDelayMs);
  store.dispatch({ type: 'pollStarted' });
  if (signal.aborted || store.getState().queuedSubmit) return;
  try {
    await poll(context, poller, ids);
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
  const isFinal = kind === 'http' || kind === 'unsupported';
  return kind === 'invalid-id' || (isFinal && operation === 'getRun' && !retryable);
}
