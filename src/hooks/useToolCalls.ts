import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Run } from '../protocol/types.js';
import type { FollowedRun, FollowedRunState } from '../core/run/FollowedRun.js';
import type { Conversation } from '../core/conversation/Conversation.js';
import { noopSubscribe } from '../common/noopSubscribe.js';
import { useLazyModule } from './useLazyModule.js';
import type { Tool } from './defineTool.js';
import type {
  ToolCallsActions,
  ToolCallsEngine,
  ToolCallsSettings,
  ToolCallsSource,
  ToolCallsState,
} from '../core/tools/ToolCallsEngine.js';
import { toolEngines, type ToolEngines } from '../core/tools/toolCallsModule.js';
import { useAssistantsClient } from './useAssistantsClient.js';
import { useFollowedRun } from './useFollowedRun.js';

export type ToolCallsOptions = Omit<ToolCallsSettings, 'tools'>;

/** The function calls of a run, and what can be done about them. */
export interface UseToolCallsResult extends ToolCallsState, ToolCallsActions {}

/**
 * The function calls of a run, each in its state from its first letter to the end of the run. Runs those of `auto` tools,
 * asks for the others, and submits all outputs in one request. A call runs at most once, over re-mounts and in all tabs
 * together; it goes on when the component unmounts. Source: submitToolOutputsToRun.
 *
 * What runs tools is fetched when there are tools, or a call.
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
  const readFollowed = () => conversation?.getState().followed;
  const ofConversation = useSyncExternalStore(
    conversation?.subscribe ?? noopSubscribe,
    readFollowed,
    readFollowed,
  );
  const followed = source && 'settled' in source ? source : ofConversation;
  const run = source && 'object' in source ? source : undefined;
  const followedId = useFollowedRun(followed, runIdOf);
  const isCalled = useFollowedRun(followed, hasCalls) || run?.status === 'requires_action';
  const runId = followedId ?? run?.id ?? '';

  const { value: engines, error } = useLazyModule(toolEngines, tools.length > 0 || isCalled);
  const polled = usePolledRun(run, engines?.createPolledRun);
  const runSource: ToolCallsSource | undefined = followed ?? polled;
  const engine = useMemo(
    () => engines?.getToolCalls(client, runId) ?? IDLE,
    [engines, client, runId],
  );
  useLayoutEffect(() => engine.configure({ tools, submit, unknownTool, concurrency }));
  useEffect(() => {
    if (runId === '' || !runSource || !engines) return undefined;
    const letGo = engines.retainToolCalls(client, runId);
    const detach = engine.attach(runSource);
    return () => {
      detach();
      letGo();
    };
  }, [client, engines, engine, runId, runSource]);

  const state = useSyncExternalStore(engine.subscribe, engine.getState, engine.getState);
  return useMemo(
    () => ({ ...engine, ...state, error: state.error ?? error }),
    [engine, state, error],
  );
}

const ignore = () => undefined;
const nothing = async () => undefined;
const noIssues = async () => [];
const NOTHING: ToolCallsState = {
  calls: [],
  total: 0,
  ready: 0,
  isSubmitting: false,
  error: undefined,
  notice: undefined,
};

/** Stands in until what runs tools is there. */
const IDLE: ToolCallsEngine = {
  getState: () => NOTHING,
  subscribe: noopSubscribe,
  configure: ignore,
  attach: noopSubscribe,
  approve: nothing,
  deny: ignore,
  provide: noIssues,
  answer: noIssues,
  retry: nothing,
  reopen: ignore,
  setDraft: ignore,
  submit: async () => false,
};

function runIdOf({ run }: FollowedRunState): string | undefined {
  return run?.id;
}

function hasCalls({ run, steps }: FollowedRunState): boolean {
  return run?.status === 'requires_action' || steps.some(({ type }) => type === 'tool_calls');
}

/** A run that somebody else polls, as a source of calls once what makes it one is there. */
function usePolledRun(
  run: Run | undefined,
  createPolledRun: ToolEngines['createPolledRun'] | undefined,
): ToolCallsSource | undefined {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const [first, setFirst] = useState(run);
  if (first?.id !== run?.id) setFirst(run);
  const source = useMemo(
    () => first && createPolledRun?.(client, queryClient, first),
    [client, queryClient, first, createPolledRun],
  );
  useEffect(() => {
    if (run) source?.update(run);
  }, [source, run]);
  return source;
}
