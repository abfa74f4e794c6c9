import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { noopSubscribe } from '../common/noopSubscribe.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import type { FollowedRun } from '../core/run/FollowedRun.js';
import type { PolledRun } from '../core/tools/createPolledRun.js';
import type { ToolCallsOptions } from '../core/tools/ToolCallsEngine.js';
import { toolCallsModule } from '../core/tools/toolCallsModule.js';
import type { Run } from '../protocol/types.js';
import type { Tool } from './defineTool.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useFollowedRun } from './useFollowedRun.js';
import { useLazyModule } from './useLazyModule.js';
import {
  getRunId,
  hasFunctionCalls,
  useToolCallsEngine,
  type UseToolCallsResult,
} from './useToolCallsEngine.js';

/**
 * Handles the function calls of a run: runs the handlers of the tools, asks the user for approvals and outputs, and submits
 * all outputs in one request. A call runs at most once, also after a remount and with several tabs. A running handler
 * continues when the component unmounts. Loads the code that handles calls with the first tool or call.
 * Source: submitToolOutputsToRun.
 *
 * @param source A conversation, a followed run, or a run that `useRun` polls. The arguments of a polled run do not stream.
 *
 * @example
 * ```tsx
 * import { ToolOutputs, useRun, useToolCalls, type Tool } from 'assistants-react';
 *
 * export function RunCalls({ threadId, runId, tools }: { threadId: string; runId: string; tools: Tool[] }) {
 *   const { data: run } = useRun({ threadId, runId });
 *   const toolCalls = useToolCalls(run, tools);
 *   return <ToolOutputs toolCalls={toolCalls} expiresAt={run?.expires_at} />;
 * }
 * ```
 */
export function useToolCalls(
  source: Conversation | FollowedRun | Run | null | undefined,
  tools: readonly Tool[],
  toolOptions?: ToolCallsOptions,
): UseToolCallsResult {
  const followed = useSourceRun(source);
  const run = source && 'object' in source ? source : undefined;
  const followedId = useFollowedRun(followed, getRunId);
  const hasCalls = useFollowedRun(followed, hasFunctionCalls) || run?.status === 'requires_action';
  const polledRun = usePolledRun(run);
  return useToolCallsEngine({
    runId: followedId ?? run?.id ?? '',
    source: followed ?? polledRun,
    hasCalls,
    tools,
    toolOptions,
  });
}

/** Returns the followed run of a source. Undefined for a run that is polled. */
function useSourceRun(
  source: Conversation | FollowedRun | Run | null | undefined,
): FollowedRun | undefined {
  const conversation = source && 'send' in source ? source : undefined;
  const getFollowed = () => conversation?.getState().followed;
  const followed = useSyncExternalStore(
    conversation?.subscribe ?? noopSubscribe,
    getFollowed,
    getFollowed,
  );
  return source && 'settled' in source ? source : followed;
}

/** Returns a source of calls for a run that the caller polls. Undefined until its code is loaded. */
function usePolledRun(run: Run | undefined): PolledRun | undefined {
  const { value: { createPolledRun } = {} } = useLazyModule(toolCallsModule, false);
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const [firstRun, setFirstRun] = useState(run);
  if (firstRun?.id !== run?.id) setFirstRun(run);
  const source = useMemo(
    () => firstRun && createPolledRun?.(client, queryClient, firstRun),
    [client, queryClient, firstRun, createPolledRun],
  );
  useEffect(() => {
    if (run) source?.update(run);
  }, [source, run]);
  return source;
}
