import { toAssistantsError } from '../../client/AssistantsError.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { FollowContext } from './FollowContext.js';
import { getRunIds } from './getRunIds.js';

/**
 * Cancels the run on the server. Does nothing if it is not created yet or has settled. If the server cannot cancel runs, stops
 * following it.
 *
 * @throws AssistantsError if the request fails, except with status 400: the run has settled meanwhile.
 */
export async function cancelFollowedRun(context: FollowContext): Promise<void> {
  const { client, config, pause, store } = context;
  store.dispatch({ type: 'stopChanged', isRequested: false });
  const { run } = store.getState().followed;
  const target = config.target.type === 'existing' ? config.target.ids : undefined;
  const ids = run ? getRunIds(run) : target;
  if (!ids || (run && isSettled(run.status))) return;
  try {
    const cancelled = await client.cancelRun(ids);
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
