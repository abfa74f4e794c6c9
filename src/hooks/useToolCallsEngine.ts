import { useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import { noopSubscribe } from '../common/noopSubscribe.js';
import type { FollowedRun, FollowedRunState } from '../core/run/FollowedRun.js';
import type {
  ToolCallsEngine,
  ToolCallsOptions,
  ToolCallsSnapshot,
  ToolCallsSource,
} from '../core/tools/ToolCallsEngine.js';
import { toolCallsModule } from '../core/tools/toolCallsModule.js';
import type { ToolCallActions, ToolCalls } from '../protocol/ToolCall.js';
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

/** Options of `useToolCallsEngine`. */
interface ToolCallsEngineOptions {
  /** Id of the run. Empty without a run. */
  runId: string;
  /** Source of the calls. Undefined without a run. */
  source: ToolCallsSource | undefined;
  /** True if the run has calls. */
  hasCalls: boolean;
  tools: readonly Tool[];
  toolOptions: ToolCallsOptions | undefined;
}

/** Handles the function calls of a source. Loads the code that handles calls with the first tool or call. */
export function useToolCallsEngine({
  runId,
  source,
  hasCalls,
  tools,
  toolOptions: { submit, unknownTool, canAlwaysAllowServers, concurrency } = {},
}: ToolCallsEngineOptions): UseToolCallsResult {
  const client = useAssistantsClient();
  const { value: module, error: loadError } = useLazyModule(
    toolCallsModule,
    tools.length > 0 || hasCalls,
  );
  const engine = useMemo(
    () => module?.getToolCallsEngine(client, runId) ?? idleEngine,
    [module, client, runId],
  );
  useLayoutEffect(() =>
    engine.configure({ tools, submit, unknownTool, canAlwaysAllowServers, concurrency }),
  );
  useEffect(() => {
    if (runId === '' || !source || !module) return undefined;
    const release = module.retainToolCallsEngine(client, runId);
    const detach = engine.attach(source);
    return () => {
      detach();
      release();
    };
  }, [client, module, engine, runId, source]);

  const state = useSyncExternalStore(engine.subscribe, engine.getState, engine.getState);
  return useMemo(
    () => ({ ...getActions(engine), ...state, tools, error: state.error ?? loadError }),
    [engine, state, tools, loadError],
  );
}

/** Handles the function calls of a followed run. */
export function useFollowedToolCalls(
  followed: FollowedRun | undefined,
  tools: readonly Tool[],
  toolOptions: ToolCallsOptions | undefined,
): UseToolCallsResult {
  const runId = useFollowedRun(followed, getRunId) ?? '';
  const hasCalls = useFollowedRun(followed, hasFunctionCalls);
  return useToolCallsEngine({ runId, source: followed, hasCalls, tools, toolOptions });
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
  setDenialDraft: () => undefined,
  submit: async () => false,
};

function getActions(engine: ToolCallsEngine): ToolCallActions & Pick<ToolCalls, 'submit'> {
  const { approve, deny, provide, answer, retry, reopen, submit } = engine;
  const { setDraft, setDenialDraft } = engine;
  return { approve, deny, provide, answer, retry, reopen, setDraft, setDenialDraft, submit };
}

export function getRunId({ run }: FollowedRunState): string | undefined {
  return run?.id;
}

export function hasFunctionCalls({ run, steps }: FollowedRunState): boolean {
  return run?.status === 'requires_action' || steps.some(({ type }) => type === 'tool_calls');
}
