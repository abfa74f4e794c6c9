import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { AssistantsError, toAssistantsError } from '../../client/AssistantsError.js';
import { raceWithAbort } from '../../client/raceWithAbort.js';
import { randomKey } from '../../common/randomKey.js';
import type { Run, ToolCallAnswer } from '../../protocol/types.js';
import { cancelFollowedRun } from './cancelFollowedRun.js';
import { createFollowStore } from './createFollowStore.js';
import { createPollPause } from './createPollPause.js';
import type { FollowedRun, FollowRunOptions, RunTarget } from './FollowedRun.js';
import {
  createDetachedError,
  createOutputsNotRequiredError,
  createOutputsQueuedError,
} from './followErrors.js';
import type { FollowContext } from './FollowContext.js';
import type { FollowConfig } from './getNextStep.js';
import { createFollowState } from './reduceFollow.js';

/** Performs the steps of following a run until it settles. */
export type FollowToEnd = (context: FollowContext) => Promise<Run>;

/** Time before the code of the steps is loaded again after a failure. */
const LOAD_RETRY_MS = 3_000;
/** After these attempts, half a minute, the user has to decide: some browsers load it only after a reload of the page. */
const MAX_LOAD_ATTEMPTS = 10;

/**
 * Follows a run; see `followRun`.
 *
 * @param loadSteps Loads the code of the steps. If it rejects, a run that exists waits for the next attempt, of ten, and a run
 * that is not created yet fails.
 */
export function startFollowing(
  client: AssistantsClient,
  target: RunTarget,
  options: FollowRunOptions,
  loadSteps: () => Promise<FollowToEnd>,
): FollowedRun {
  const { idempotencyKey = randomKey(), now = Date.now, sink = {} } = options;
  const detached = new AbortController();
  const { signal } = detached;
  const config = createConfig(client, target, options);
  const isAdopted = config.target.type === 'existing';
  const store = createFollowStore(
    createFollowState(isAdopted ? 'existing' : 'new'),
    sink,
    () => void cancelFollowedRun(context).catch(() => undefined),
  );
  const startedAtMs = now();
  const context: FollowContext = {
    client,
    config,
    options,
    idempotencyKey,
    startedAtMs,
    now,
    signal,
    giveUp: (error) => detached.abort(error),
    store,
    recovery: undefined,
    pause: createPollPause(signal, now),
  };
  const settled = settle(context, loadSteps);
  // Most callers observe the state instead. Without a handler, the rejection would be reported as unhandled.
  void settled.catch(() => undefined).then(store.dispose);

  return {
    settled,
    isAdopted,
    getState: () => store.getState().followed,
    subscribe: store.subscribe,
    submit: (answers) => queueSubmit(context, answers),
    async stop() {
      if (isAdopted || store.getState().followed.run) await cancelFollowedRun(context);
      else store.dispatch({ type: 'stopChanged', isRequested: true });
    },
    detach: () => detached.abort(),
  };
}

function createConfig(
  client: AssistantsClient,
  target: RunTarget,
  { transport = 'auto' }: FollowRunOptions,
): FollowConfig {
  return {
    target: toFollowTarget(target),
    canPoll: transport !== 'sse',
    canRepeatCreation: client.supportsIdempotencyKeys,
  };
}

function toFollowTarget(target: RunTarget): FollowConfig['target'] {
  if ('runId' in target) return { type: 'existing', ids: target };
  if ('createRun' in target) return { type: 'createRun', params: target.createRun };
  return { type: 'createThreadAndRun', params: target.createThreadAndRun };
}

async function settle(context: FollowContext, loadSteps: () => Promise<FollowToEnd>): Promise<Run> {
  const { signal, store } = context;
  try {
    const followToEnd = await loadPersistently(context, loadSteps);
    return await followToEnd(context);
  } catch (reason) {
    const abortReason: unknown = signal.reason;
    const isGivenUp = abortReason instanceof AssistantsError;
    const isDetached = signal.aborted && !isGivenUp;
    const error = isDetached
      ? createDetachedError(reason)
      : toAssistantsError(isGivenUp ? abortReason : reason);
    store.getState().queuedSubmit?.reject(error);
    store.dispatch({
      type: 'ended',
      end: isDetached ? { phase: 'detached' } : { phase: 'failed', error },
    });
    throw error;
  }
}

/** Loads the code of the steps. For a run that exists, it tries several times. */
async function loadPersistently(
  { config, pause, signal, store }: FollowContext,
  loadSteps: () => Promise<FollowToEnd>,
): Promise<FollowToEnd> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await raceWithAbort(signal, loadSteps);
    } catch (thrown) {
      const isLast = config.target.type !== 'existing' || attempt === MAX_LOAD_ATTEMPTS;
      if (signal.aborted || isLast) throw thrown;
      store.dispatch({ type: 'requestFailed', error: toAssistantsError(thrown) });
      await pause.wait(LOAD_RETRY_MS);
    }
  }
}

async function queueSubmit({ pause, signal, store }: FollowContext, answers: ToolCallAnswer[]) {
  const { followed, queuedSubmit } = store.getState();
  const { run, phase, error } = followed;
  if (run?.status !== 'requires_action') throw createOutputsNotRequiredError(run?.status);
  if (queuedSubmit) throw createOutputsQueuedError();
  if (phase === 'failed' || signal.aborted) throw error ?? createDetachedError(signal.reason);
  await new Promise<void>((resolve, reject) => {
    store.dispatch({ type: 'submitQueued', submit: { answers, resolve, reject } });
    pause.wake();
  });
}
