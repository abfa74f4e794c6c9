import type { QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { toAssistantsError } from '../../client/AssistantsError.js';
import type { Run } from '../../protocol/types.js';
import { writeRun } from '../../queries/cache/writeObjects.js';
import type { ToolCallsSource } from './toolCalls.js';

/** A run that somebody else polls, as a source of calls; `update` brings each new snapshot. */
export function createPolledRun(
  client: AssistantsClient,
  queryClient: QueryClient,
  first: Run,
): ToolCallsSource & { update: (run: Run) => void } {
  const listeners = new Set<() => void>();
  const ids = { threadId: first.thread_id, runId: first.id };
  let state = { run: first, steps: [] };
  const update = (run: Run) => {
    if (run === state.run) return;
    state = { ...state, run };
    for (const listener of listeners) listener();
  };
  const keep = (run: Run) => {
    update(run);
    writeRun(queryClient, client.scope, run);
  };
  return {
    isAdopted: first.status === 'requires_action',
    isPolled: true,
    getState: () => state,
    update,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async submit(outputs) {
      try {
        keep(await client.submitToolOutputsToRun({ ...ids, body: { tool_outputs: outputs } }));
      } catch (error) {
        // No answer may mean that they arrived, and a refusal that somebody else's did: the run tells.
        await client.getRun(ids).then(keep, () => undefined);
        const hasArrived =
          state.run.status !== 'requires_action' && toAssistantsError(error).kind !== 'http';
        if (!hasArrived) throw error;
      }
    },
  };
}
