import { toAssistantsError } from '../../client/AssistantsError.js';
import type { Run } from '../../protocol/types.js';
import { createRunRecovery } from './createRunRecovery.js';
import type { FollowContext, RunRecovery } from './FollowContext.js';
import { createOutputsNotRequiredError } from './followErrors.js';
import { getNextStep, type CreationTarget } from './getNextStep.js';
import { isStreamed, readSegment } from './readSegment.js';

/** Follows a run until it settles. Performs one step, and so one request, at a time. */
export async function followToEnd(context: FollowContext): Promise<Run> {
  const { config, signal, store } = context;
  const recovery = createRunRecovery(context);
  context.recovery = recovery;
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
        if (step.type === 'poll' && !step.isDue) store.dispatch({ type: 'pollScheduled' });
        await recovery.performStep(step);
        break;
      case 'finish':
        await finish(context, recovery, step.run);
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

/** Loads messages and steps once more if the stream has not delivered all of them. */
async function finish(context: FollowContext, recovery: RunRecovery, run: Run): Promise<void> {
  const { store } = context;
  const { followed } = store.getState();
  const isComplete =
    !followed.isDesynced && followed.messages.every(({ status }) => status !== 'in_progress');
  const result = isComplete ? followed : await recovery.loadResult(run);
  // Outputs that were queued while the run was cancelled.
  store.getState().queuedSubmit?.reject(createOutputsNotRequiredError(run.status));
  store.dispatch({ type: 'ended', end: { phase: 'settled', result } });
}
