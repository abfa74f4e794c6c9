import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import { createStore } from '../../common/createStore.js';
import type { Run, RunStep } from '../../protocol/types.js';
import { toSubmitBody } from '../../protocol/requiredAction.js';
import { writeRun } from '../../queries/cache/writeObjects.js';
import type { ToolCallsSource } from './ToolCallsEngine.js';

/** Source of calls for a run that the caller polls. */
export interface PolledRun extends ToolCallsSource {
  /** Passes on a new snapshot. */
  update: (run: Run) => void;
}

const NO_STEPS: readonly RunStep[] = [];

/** Creates a source of calls from the first snapshot of a run. Writes the runs that it receives itself to the query cache. */
export function createPolledRun(
  client: AssistantsClient,
  queryClient: QueryClient,
  firstRun: Run,
): PolledRun {
  const { getState, setState, subscribe } = createStore({ run: firstRun, steps: NO_STEPS });
  const ids = { threadId: firstRun.thread_id, runId: firstRun.id };

  const update = (run: Run): void => {
    if (run !== getState().run) setState({ run, steps: NO_STEPS });
  };
  const receive = (run: Run): void => {
    update(run);
    writeRun(queryClient, client.scope, run);
  };

  return {
    isAdopted: firstRun.status === 'requires_action',
    isPolled: true,
    getState,
    subscribe,
    update,
    async submit(answers) {
      try {
        receive(await client.submitToolOutputsToRun({ ...ids, body: toSubmitBody(answers) }));
      } catch (error) {
        // Without a response, the outputs may have arrived. The run shows if they have.
        await client.getRun(ids).then(receive, () => undefined);
        const hasMovedOn = getState().run.status !== 'requires_action';
        // An HTTP error means that the outputs of another client have moved the run on.
        if (!hasMovedOn || toAssistantsError(error).kind === 'http') throw error;
      }
    },
  };
}
