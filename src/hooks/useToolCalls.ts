import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AssistantsClient } from '../client/client.js';
import { toAssistantsError } from '../client/errors.js';
import type { Run } from '../protocol/types.js';
import { writeRun } from '../queries/cache.js';
import type { FollowedRun } from '../stream/followRun.js';
import type { Conversation } from './conversation/Conversation.js';
import type { Tool } from './tools/defineTool.js';
import type { ToolCallsActions, ToolCallsSettings, ToolCallsSource, ToolCallsState } from './tools/toolCalls.js';
import { keepToolCalls, toolCallsOf } from './tools/toolCallsOf.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useFollowedRun } from './useFollowedRun.js';

export type ToolCallsOptions = Omit<ToolCallsSettings, 'tools'>;

/** The function calls of a run, and what can be done about them. */
export interface UseToolCallsResult extends ToolCallsState, ToolCallsActions {}

/**
 * The function calls of a run, each in its state from its first letter to the end of the run. Runs those of `auto` tools,
 * asks for the others, and submits all outputs in one request. A call runs at most once, over re-mounts and in all tabs
 * together; it goes on when the component unmounts. Source: submitToolOuputsToRun.
 *
 * @param source a conversation or a followed run; or a run as `useRun` polls it, whose arguments do not stream
 */
export function useToolCalls(
  source: Conversation | FollowedRun | Run | null | undefined,
  tools: readonly Tool[],
  { submit, unknownTool, concurrency }: ToolCallsOptions = {},
): UseToolCallsResult {
  const client = useAssistantsClient();
  const conversation = source && 'send' in source ? source : undefined;
  const ofConversation = useSyncExternalStore(
    conversation?.subscribe ?? ignore,
    () => conversation?.getState().followed,
    () => conversation?.getState().followed,
  );
  const followed = source && 'settled' in source ? source : ofConversation;
  const polled = usePolledRun(source && 'object' in source ? source : undefined);
  const followedId = useFollowedRun(followed, ({ run }) => run?.id);
  const runSource = followed ?? polled;
  const runId = followedId ?? polled?.getState().run?.id ?? '';

  const engine = useMemo(() => toolCallsOf(client, runId), [client, runId]);
  useLayoutEffect(() => engine.configure({ tools, submit, unknownTool, concurrency }));
  useEffect(() => {
    if (runId === '' || !runSource) return undefined;
    const letGo = keepToolCalls(client, runId);
    const detach = engine.attach(runSource);
    return () => {
      detach();
      letGo();
    };
  }, [client, engine, runId, runSource]);

  const state = useSyncExternalStore(engine.subscribe, engine.getState, engine.getState);
  return useMemo(() => ({ ...engine, ...state }), [engine, state]);
}

const ignore = () => () => undefined;

/** A run that somebody else polls, as a source of calls. */
function usePolledRun(run: Run | undefined): ToolCallsSource | undefined {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const id = run?.id;
  const [held, setHeld] = useState(() => ({ id, source: run && polledRun(client, queryClient, run) }));
  if (held.id !== id) setHeld({ id, source: run && polledRun(client, queryClient, run) });
  const { source } = held;
  useEffect(() => {
    if (run) source?.update(run);
  }, [source, run]);
  return source;
}

function polledRun(client: AssistantsClient, queryClient: QueryClient, first: Run): ToolCallsSource & { update: (run: Run) => void } {
  const listeners = new Set<() => void>();
  const ids = { threadId: first.thread_id, runId: first.id };
  let state = { run: first, steps: [] };
  const update = (run: Run) => {
    if (run === state.run) return;
    state = { ...state, run };
    for (const listener of listeners) listener();
  };
  return {
    isAdopted: true,
    getState: () => state,
    update,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async submit(outputs) {
      const keep = (run: Run) => {
        update(run);
        writeRun(queryClient, client.scope, run);
      };
      try {
        keep(await client.submitToolOutputsToRun({ ...ids, body: { tool_outputs: outputs } }));
      } catch (error) {
        // No answer may mean that they arrived, and a refusal that somebody else's did: the run tells.
        await client.getRun(ids).then(keep, () => undefined);
        const hasArrived = state.run.status !== 'requires_action' && toAssistantsError(error).kind !== 'http';
        if (!hasArrived) throw error;
      }
    },
  };
}
