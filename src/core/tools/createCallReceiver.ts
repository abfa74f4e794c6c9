import { hashText } from '../../common/hashText.js';
import { reportError } from '../../common/reportError.js';
import {
  getRequiredCalls,
  getUnknownAction,
  type RequiredCall,
} from '../../protocol/requiredAction.js';
import { getServerToolName } from '../../protocol/serverTool.js';
import type { Run, RunStep, RunToolCall } from '../../protocol/types.js';
import type { CallRecords } from './createCallRecords.js';
import type { CallRunner } from './createCallRunner.js';
import type { CallsStore } from './createCallsStore.js';
import type { FunctionTool, ToolCallContext } from './FunctionTool.js';
import { readInput } from './readInput.js';
import { readRecords } from './readRecords.js';
import type { ToolCallsSettings, ToolCallsSource } from './ToolCallsEngine.js';
import type { AddedCall } from './ToolCallsEvent.js';
import { getOpenCalls, includesCall } from './TrackedCalls.js';

/** Receives the calls of a run. */
export interface CallReceiver {
  /** Applies the current snapshot of the run, unless it is the last one. Waits until a submit has ended. */
  receive: (source: ToolCallsSource | undefined) => void;
  /** Forgets the last snapshot, so that the next `receive` applies it again. */
  reset: () => void;
}

export interface CallReceiverOptions {
  /** Distinguishes the records of this run from those of other runs and servers. */
  scope: string;
  store: CallsStore;
  records: CallRecords;
  runner: CallRunner;
  getSettings: () => ToolCallsSettings;
  /**
   * Returns the names of the tools that the user always allows, and of functions of servers. Undefined if the run has
   * no assistant.
   */
  getAllowedTools: () => readonly string[] | undefined;
  /** Called after a snapshot was applied. */
  onReceived: () => void;
}

export function createCallReceiver({
  scope,
  store,
  records,
  runner,
  getSettings,
  getAllowedTools,
  onReceived,
}: CallReceiverOptions): CallReceiver {
  const { dispatch, getCall, getState } = store;
  let lastRun: { run: Run; steps: readonly RunStep[] } | undefined;
  let isFirstSnapshot = true;

  /** Returns true for a submitted call that the run requires again. The snapshot of the run may also be an outdated one. */
  const hasReturned = ({ id, function: { arguments: text } }: RunToolCall): boolean => {
    const { call: known, key } = getCall(id) ?? {};
    // A call that only a step has shown was never pending. Some servers fill the output of its step before it is answered.
    if (known?.state !== 'submitted' || key === '') return false;
    return known.isEdited === true || known.argumentsText === text;
  };

  /** Reads the arguments of a pending call, and runs it if it may run. */
  async function handleCall({ call, tool, key }: AddedCall): Promise<void> {
    const { id } = call;
    const signal = runner.restart(id);
    const { input, problem } = await readCallInput(call, tool);
    const context = runner.getContext(id, signal);
    const { unknownTool = 'ask', canAlwaysAllowServers = true } = getSettings();
    const approval =
      decideServerApproval(call, canAlwaysAllowServers ? getAllowedTools() : undefined) ??
      (await decideApproval(problem === undefined && tool, input, context, getAllowedTools()));
    if (signal.aborted) return;
    await runner.dispatchAndRun(id, {
      type: 'argumentsRead',
      id,
      input,
      problem,
      ...approval,
      record: records.read(key),
      unknownTool,
    });
  }

  function toAddedCall(call: RequiredCall, createdAt: number, isFound: boolean): AddedCall {
    const { arguments: argumentsText } = call.function;
    const isReturned = hasReturned(call);
    return {
      call,
      key: `${scope}:${createdAt}:${call.id}:${hashText(argumentsText)}`,
      tool: findTool(call, getSettings().tools),
      isRestored: isFound || isReturned,
      hasReturned: isReturned,
    };
  }

  return {
    reset() {
      lastRun = undefined;
    },
    receive(source) {
      const { run, steps = [] } = source?.getState() ?? {};
      // During a submit, the run may have moved on because of it. The response shows if it has.
      if (!source || !run || getState().isSubmitting) return;
      if (run === lastRun?.run && steps === lastRun.steps) return;
      lastRun = { run, steps };
      const required = getRequiredCalls(run);
      const removed = getState().pending.filter((call) => !includesCall(required, call));
      dispatch({
        type: 'runMovedOn',
        status: run.status,
        removed,
        records: readRecords(records, getOpenCalls(getState())),
      });
      dispatch({ type: 'stepsReceived', run, steps, tools: getSettings().tools });
      const isFound = source.isAdopted && isFirstSnapshot;
      isFirstSnapshot = false;
      const added = required
        .filter((call) => !includesCall(getState().pending, call))
        .map((call) => toAddedCall(call, run.created_at, isFound));
      const returned = added.filter(({ call }) => hasReturned(call));
      const unknownAction = getUnknownAction(run);
      dispatch({ type: 'pendingChanged', pending: required, added, unknownAction });
      for (const { key } of returned) records.write(key, { isClosed: false });
      for (const call of added) void handleCall(call);
      onReceived();
    },
  };
}

/** Returns the tool of a call. Undefined for an unknown function, and for a call that a server runs. */
function findTool(
  { server, function: { name } }: RequiredCall,
  tools: readonly FunctionTool[],
): FunctionTool | undefined {
  return server === undefined ? tools.find((tool) => tool.name === name) : undefined;
}

/** Reads the arguments of a function of the application. Those of a call that a server runs are only shown. */
function readCallInput(
  { server, function: { arguments: argumentsText } }: RequiredCall,
  tool: FunctionTool | undefined,
): ReturnType<typeof readInput> {
  if (server !== undefined) return Promise.resolve({ input: undefined, problem: undefined });
  return readInput(tool?.inputSchema, argumentsText);
}

interface Approval {
  needsApproval: boolean;
  /** True if the user may allow all calls of the tool. */
  canAlwaysAllow: boolean;
}

const NO_APPROVAL: Approval = { needsApproval: false, canAlwaysAllow: false };

/**
 * Decides if a call needs the approval of the user.
 *
 * @param tool Undefined for an unknown function, and false if the arguments are invalid.
 * @param allowed Names of the tools that the user always allows. Undefined if they cannot be allowed.
 */
async function decideApproval(
  tool: FunctionTool | false | undefined,
  input: unknown,
  context: ToolCallContext,
  allowed: readonly string[] | undefined,
): Promise<Approval> {
  if (!tool) return NO_APPROVAL;
  const canAlwaysAllow = tool.canAlwaysAllow !== false && allowed !== undefined;
  if (!tool.execute || (canAlwaysAllow && allowed.includes(tool.name))) return NO_APPROVAL;
  const needsApproval = await askTool(tool, input, context);
  return { needsApproval, canAlwaysAllow: needsApproval && canAlwaysAllow };
}

/**
 * Decides if a call that a server runs needs the approval of the user. Only calls of a server with a label can be told apart
 * from those of others. Undefined for functions of the application.
 */
function decideServerApproval(
  { server, function: { name } }: RequiredCall,
  allowed: readonly string[] | undefined,
): Approval | undefined {
  if (server === undefined) return undefined;
  const canAlwaysAllow = server !== '' && allowed !== undefined;
  const isAllowed = canAlwaysAllow && allowed.includes(getServerToolName({ server, name }));
  return { needsApproval: !isAllowed, canAlwaysAllow };
}

/** Asks the tool if a call needs approval. If that fails, it does: running the handler might not be safe. */
async function askTool(
  { needsApproval }: FunctionTool,
  input: unknown,
  context: ToolCallContext,
): Promise<boolean> {
  if (typeof needsApproval === 'boolean') return needsApproval;
  try {
    return await needsApproval(input, context);
  } catch (error) {
    reportError(error);
    return true;
  }
}
