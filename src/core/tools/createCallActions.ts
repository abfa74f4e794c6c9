import { getServerToolName } from '../../protocol/serverTool.js';
import type { ToolCallActions } from '../../protocol/ToolCall.js';
import type { CallRunner } from './createCallRunner.js';
import type { CallsStore } from './createCallsStore.js';
import { encodeResult } from './encodeResult.js';
import { readInput } from './readInput.js';
import { getActionableCall, getOpenCalls, type TrackedCall } from './TrackedCalls.js';

/** Creates the actions of the user. An action that validates a value first is dropped if the call has changed meanwhile. */
export function createCallActions(
  { getState, dispatch }: CallsStore,
  { restart, answer, dispatchAndRun }: CallRunner,
  allowTool: (toolName: string) => void,
): ToolCallActions {
  const getActionable = (id: string): TrackedCall | undefined => getActionableCall(getState(), id);
  /** Runs the other calls of a tool that wait for nothing but an approval. */
  const approveOthers = (toolName: string): void => {
    for (const tracked of getOpenCalls(getState())) {
      const { call } = tracked;
      const isWaiting = call.state === 'needs-approval' && call.problem === undefined;
      if (
        getAllowedName(tracked) === toolName &&
        isWaiting &&
        call.isRestored !== true &&
        !call.draft
      )
        void dispatchAndRun(call.id, { type: 'approved', id: call.id });
    }
  };
  return {
    async approve(id, edited, { always = false } = {}) {
      const tracked = getActionable(id);
      if (tracked?.call.state !== 'needs-approval') return;
      const allowedName = getAllowedName(tracked);
      if (always && allowedName !== undefined && tracked.call.canAlwaysAllow === true) {
        allowTool(allowedName);
        approveOthers(allowedName);
      }
      if (edited === undefined || edited.argumentsText === tracked.call.argumentsText)
        return await dispatchAndRun(id, { type: 'approved', id });
      // The server has the arguments already.
      if (tracked.call.server !== undefined) return;
      const { argumentsText } = edited;
      const read = await readInput(tracked.tool?.inputSchema, argumentsText);
      await dispatchAndRun(id, { type: 'approved', id, edited: { argumentsText, ...read } });
    },
    deny(id, reason) {
      if (!getActionable(id)) return;
      restart(id);
      dispatch({ type: 'denied', id, reason });
    },
    async provide(id, result) {
      const tracked = getActionable(id);
      if (!tracked || tracked.call.state === 'running') return [];
      if (tracked.call.server !== undefined) return [];
      const encoded =
        'text' in result
          ? await encodeResult(undefined, result.text)
          : await encodeResult(tracked.tool?.outputSchema, result.value);
      if ('issues' in encoded) return encoded.issues;
      if (getActionable(id)?.call.state !== tracked.call.state) return [];
      restart(id);
      dispatch({ type: 'provided', id, output: encoded.output });
      return [];
    },
    answer,
    retry: (id) => dispatchAndRun(id, { type: 'retried', id }),
    reopen: (id) => dispatch({ type: 'reopened', id }),
    setDraft: (id, draft) => dispatch({ type: 'draftChanged', id, draft }),
    setDenialDraft: (id, denialDraft) => dispatch({ type: 'denialDraftChanged', id, denialDraft }),
  };
}

/** Returns the name by which all calls of the tool of a call are allowed. */
function getAllowedName({ call: { server, name }, tool }: TrackedCall): string | undefined {
  return server === undefined ? tool?.name : getServerToolName({ server, name });
}
