import { toAssistantsError } from '../../client/AssistantsError.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import type { FollowContext, RecoveryStep, RunRecovery } from './FollowContext.js';
import { createOutputsNotRequiredError } from './followErrors.js';
import { getNextStep, type CreationTarget } from './getNextStep.js';
import { getRunIds } from './getRunIds.js';
import { isStreamed, readSegment } from './readSegment.js';
import type { RunState } from './RunState.js';

/** Delay before the code of the recovery is loaded again after a failure. */
const LOAD_RETRY_MS = 3_000;

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
      case 'submit':
      case 'findRun':
      case 'rejoin':
      case 'poll':
        await recover(context, step);
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

async function recover(context: FollowContext, step: RecoveryStep): Promise<void> {
  const { pause, store } = context;
  if (step.type === 'poll' && !step.isDue) store.dispatch({ type: 'pollScheduled' });
  const recovery = await loadRecovery(context).catch((thrown: unknown) => {
    store.dispatch({ type: 'pollScheduled' });
    store.dispatch({ type: 'requestFailed', error: toAssistantsError(thrown) });
  });
  await (recovery ? recovery.performStep(step) : pause.wait(LOAD_RETRY_MS));
}

async function loadRecovery(context: FollowContext): Promise<RunRecovery> {
  if (context.recovery) return context.recovery;
  const createRecovery = await context.loadRecovery();
  context.recovery ??= createRecovery(context);
  return context.recovery;
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
  try {
    const recovery = await loadRecovery(context);
    return await recovery.loadResult(run);
  } catch {
    // The code cannot be loaded. The list of messages loads what is missing.
    return context.store.getState().followed;
  }
}

/**
 * Cancels the run on the server. Does nothing if it is not known or has settled. If the server cannot cancel runs, stops
 * following it.
 *
 * @throws AssistantsError if the request fails, except with status 400: the run has settled meanwhile.
 */
export async function cancelFollowedRun(context: FollowContext): Promise<void> {
  const { client, pause, store } = context;
  store.dispatch({ type: 'stopChanged', isRequested: false });
  const { run } = store.getState().followed;
  if (!run || isSettled(run.status)) return;
  try {
    const cancelled = await client.cancelRun(getRunIds(run));
    store.dispatch({ type: 'runReceived', run: cancelled, source: 'cancel' });
  } catch (thrown) {
    const error = toAssistantsError(thrown);
    if (error.kind === 'unsupported') context.giveUp(error);
    else if (error.status !== 400) {
      store.dispatch({ type: 'stopChanged', isRequested: false, error });
      throw error;
    }
  } finally {
    pause.wake();
  }
}
