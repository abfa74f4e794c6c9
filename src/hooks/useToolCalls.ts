import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import { noopSubscribe } from '../common/noopSubscribe.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import type { PolledRun } from '../core/tools/createPolledRun.js';
import type { FollowedRun, FollowedRunState } from '../core/run/FollowedRun.js';
import type {
  ToolCallsEngine,
  ToolCallsOptions,
  ToolCallsSnapshot,
} from '../core/tools/ToolCallsEngine.js';
import { toolCallsModule, type ToolCallsModule } from '../core/tools/toolCallsModule.js';
import type { ToolCallActions, ToolCalls } from '../protocol/ToolCall.js';
import type { Run } from '../protocol/types.js';
import type { Tool } from './defineTool.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useFollowedRun } from './useFollowedRun.js';
import { useLazyModule } from './useLazyModule.js';

/** Function calls of a run and the actions on them. */
export interface UseToolCallsResult extends ToolCalls {
  /** Reason why the last submit failed, or why the code that handles calls could not be loaded. */
  readonly error: AssistantsError | undefined;
  /** The tools that were passed to the hook, for components that render calls. */
  readonly tools: readonly Tool[];
}

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
  { submit, unknownTool, concurrency }: ToolCallsOptions = {},
): UseToolCallsResult {
  const client = useAssistantsClient();
  const followed = useSourceRun(source);
  const run = source && 'object' in source ? source : undefined;
  const followedId = useFollowedRun(followed, getRunId);
  const hasCalls = useFollowedRun(followed, hasFunctionCalls) || run?.status === 'requires_action';
  const runId = followedId ?? run?.id ?? '';

  const { value: module, error: loadError } = useLazyModule(
    toolCallsModule,
    tools.length > 0 || hasCalls,
  );
  const polledRun = usePolledRun(run, module?.createPolledRun);
  const runSource = followed ?? polledRun;
  const engine = useMemo(
    () => module?.getToolCallsEngine(client, runId) ?? idleEngine,
    [module, client, runId],
  );
  useLayoutEffect(() => engine.configure({ tools, submit, unknownTool, concurrency }));
  useEffect(() => {
    if (runId === '' || !runSource || !module) return undefined;
    const release = module.retainToolCallsEngine(client, runId);
    const detach = engine.attach(runSource);
    return () => {
      detach();
      release();
    };
  }, [client, module, engine, runId, runSource]);

  const state = useSyncExternalStore(engine.subscribe, engine.getState, engine.getState);
  return useMemo(
    () => ({ ...getActions(engine), ...state, tools, error: state.error ?? loadError }),
    [engine, state, tools, loadError],
  );
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
function usePolledRun(
  run: Run | undefined,
  createPolledRun: ToolCallsModule['createPolledRun'] | undefined,
): PolledRun | undefined {
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

const IDLE_SNAPSHOT: ToolCallsSnapshot = {
  calls: [],
  total: 0,
  ready: 0,
  isSubmitting: false,
  error: undefined,
  notice: undefined,
};

/** Engine without calls. Used until the code that handles calls is loaded. */
const idleEngine: ToolCallsEngine = {
  getState: () => IDLE_SNAPSHOT,
  subscribe: noopSubscribe,
  configure: () => undefined,
  attach: noopSubscribe,
  approve: async () => undefined,
  deny: () => undefined,
  provide: async () => [],
  answer: async () => [],
  retry: async () => undefined,
  reopen: () => undefined,
  setDraft: () => undefined,
  submit: async () => false,
};

function getActions(engine: ToolCallsEngine): ToolCallActions & Pick<ToolCalls, 'submit'> {
  const { approve, deny, provide, answer, retry, reopen, setDraft, submit } = engine;
  return { approve, deny, provide, answer, retry, reopen, setDraft, submit };
}

function getRunId({ run }: FollowedRunState): string | undefined {
  return run?.id;
}

function hasFunctionCalls({ run, steps }: FollowedRunState): boolean {
  return run?.status === 'requires_action' || steps.some(({ type }) => type === 'tool_calls');
}
