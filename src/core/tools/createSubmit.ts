import { toAssistantsError } from '../../client/AssistantsError.js';
import type { CallsStore } from './createCallsStore.js';
import type { ToolCallsSource } from './ToolCallsEngine.js';
import { getCompleteAnswers } from './TrackedCalls.js';

/**
 * Creates the function that submits all outputs in one request. It resolves with true if the server has accepted them, and
 * with false if outputs are missing, a submit is in progress or the request failed.
 *
 * @param onEnd Called after a request, successful or not.
 */
export function createSubmit(
  { dispatch, getState }: CallsStore,
  getSource: () => ToolCallsSource | undefined,
  onEnd: () => void,
): () => Promise<boolean> {
  return async () => {
    const source = getSource();
    const answers = getCompleteAnswers(getState());
    if (!source || !answers || getState().isSubmitting) return false;
    dispatch({ type: 'submitStarted' });
    try {
      await source.submit(answers);
      dispatch({ type: 'submitSucceeded' });
      return true;
    } catch (error) {
      dispatch({ type: 'submitFailed', error: toAssistantsError(error) });
      return false;
    } finally {
      onEnd();
    }
  };
}
