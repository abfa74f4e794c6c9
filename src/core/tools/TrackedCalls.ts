import type { AssistantsError } from '../../client/AssistantsError.js';
import { readErrorOutput } from '../../protocol/toolOutput.js';
import type {
  ToolCall,
  ToolCallBase,
  ToolCallsNotice,
  UnknownAction,
} from '../../protocol/ToolCall.js';
import type { RequiredCall } from '../../protocol/requiredAction.js';
import type { RunToolCall, ToolCallAnswer } from '../../protocol/types.js';
import type { FunctionTool } from './FunctionTool.js';
import type { ToolCallsOptions, ToolCallsSnapshot } from './ToolCallsEngine.js';

/** A call with the data that is not shown. */
export interface TrackedCall {
  readonly call: ToolCall;
  /** Tool of the settings when the call was received. Undefined for an unknown function. */
  readonly tool: FunctionTool | undefined;
  /** Key of the record and the lock of the call. Contains a hash of the arguments, because servers may use an id twice. */
  readonly key: string;
  /**
   * Result of `needsApproval` of the tool for these arguments. For a call that a server runs, false if the user always
   * allows it.
   */
  readonly needsApproval: boolean;
  /** True if the user may allow all calls of the tool. */
  readonly canAlwaysAllow: boolean;
  /** True if this page has produced the output. A page without own outputs leaves the submit to the others. */
  readonly isOwn: boolean;
  /** Set from the decision to run the handler until it runs. Prevents a second start, for example by a double click. */
  readonly start: CallStart | undefined;
}

/** A decision to run a handler. */
export interface CallStart {
  /** The call with the arguments that the handler gets. */
  readonly base: ToolCallBase;
  /** True if the user decided it. */
  readonly isApproved: boolean;
}

/** State of all function calls of a run. */
export interface TrackedCalls {
  /** Every known call by id, oldest first. */
  readonly calls: ReadonlyMap<string, TrackedCall>;
  /** Calls that the run waits for, in its order. */
  readonly pending: readonly RequiredCall[];
  readonly isSubmitting: boolean;
  readonly error: AssistantsError | undefined;
  readonly notice: ToolCallsNotice | undefined;
  readonly unknownAction: UnknownAction | undefined;
}

/** State of a run without calls. */
export const noTrackedCalls: TrackedCalls = {
  calls: new Map(),
  pending: [],
  isSubmitting: false,
  error: undefined,
  notice: undefined,
  unknownAction: undefined,
};

/** Returns true for a call whose state is final: submitted or expired. */
export function isClosed({ state }: ToolCall): boolean {
  return state === 'submitted' || state === 'expired';
}

/** Output of an approved call of a server, in records. It is submitted as an approval. */
export const APPROVAL_OUTPUT = '{"approve":true}';

/** Returns true for a call with an output or arguments that the user may have begun to write. */
export function hasDraft(
  call: ToolCall,
): call is Extract<ToolCall, { state: 'needs-approval' | 'needs-output' }> {
  return call.state === 'needs-approval' || call.state === 'needs-output';
}

/** Returns the output of a call that has one and is not closed. */
export function getOutput(call: ToolCall): string | undefined {
  if (call.state === 'approved') return APPROVAL_OUTPUT;
  return call.state === 'done' || call.state === 'failed' || call.state === 'denied'
    ? call.output
    : undefined;
}

/** Returns the calls that the run waits for and that are not closed, in the order of the run. */
export function getOpenCalls({ calls, pending }: TrackedCalls): TrackedCall[] {
  return pending.flatMap(({ id }) => calls.get(id) ?? []).filter(({ call }) => !isClosed(call));
}

/**
 * Returns an open call if the user may act on it in this tab. Returns undefined while its arguments are read, while another
 * tab runs it, and during a submit.
 */
export function getActionableCall(state: TrackedCalls, id: string): TrackedCall | undefined {
  const tracked = getOpenCalls(state).find(({ call }) => call.id === id);
  if (!tracked || state.isSubmitting) return undefined;
  const { call } = tracked;
  const isElsewhere = call.state === 'running' && call.place === 'elsewhere';
  return isElsewhere || call.state === 'streaming-args' ? undefined : tracked;
}

/** Returns true if a list contains the same call: the same id with the same arguments. */
export function includesCall(calls: readonly RunToolCall[], wanted: RunToolCall): boolean {
  return calls.some(
    ({ id, function: { arguments: text } }) =>
      id === wanted.id && text === wanted.function.arguments,
  );
}

/** Returns the answers in the format of the wire if every pending call has an output, and undefined otherwise. */
export function getCompleteAnswers({ calls, pending }: TrackedCalls): ToolCallAnswer[] | undefined {
  const answers = pending.flatMap(({ id, answerId = id, server }): ToolCallAnswer[] => {
    const call = calls.get(id)?.call;
    const output = call && getOutput(call);
    if (output === undefined) return [];
    return server === undefined
      ? [{ tool_call_id: answerId, output }]
      : [{ tool_call_id: answerId, approve: call?.state === 'approved' }];
  });
  return answers.length > 0 && answers.length === pending.length ? answers : undefined;
}

/** Returns true if this page should submit the outputs now, without an action of the user. */
export function shouldSubmit(
  state: TrackedCalls,
  policy: ToolCallsOptions['submit'] = 'review',
): boolean {
  const open = getOpenCalls(state);
  return (
    !state.isSubmitting &&
    state.error === undefined &&
    getCompleteAnswers(state) !== undefined &&
    open.some(({ isOwn }) => isOwn) &&
    !needsReview(open, policy)
  );
}

function needsReview(
  open: readonly TrackedCall[],
  policy: NonNullable<ToolCallsOptions['submit']>,
): boolean {
  const isDecidedByUser = ({ call, tool, needsApproval }: TrackedCall) =>
    call.server === undefined ? tool?.execute === undefined : needsApproval;
  const isFromUser = (tracked: TrackedCall) =>
    tracked.call.state === 'denied' || isDecidedByUser(tracked);
  const canBeRetried = ({ call, needsApproval }: TrackedCall) =>
    call.state === 'failed' && needsApproval && call.problem === undefined;
  switch (policy) {
    case 'complete':
      return false;
    case 'manual':
      return true;
    case 'review':
      return open.some(canBeRetried) || (open.length > 1 && open.some(isFromUser));
  }
}

/** Converts the state to the public snapshot. */
export function toSnapshot(state: TrackedCalls): ToolCallsSnapshot {
  const open = getOpenCalls(state);
  return {
    calls: [...state.calls.values()].map(({ call }) => call),
    total: open.length,
    ready: open.filter(({ call }) => getOutput(call) !== undefined).length,
    isSubmitting: state.isSubmitting,
    error: state.error,
    notice: state.notice,
    unknownAction: state.unknownAction,
  };
}

/** Returns the properties of a call that do not depend on its state. */
export function toBaseCall(call: ToolCallBase): ToolCallBase {
  const { id, name, argumentsText, input, problem, isEdited, isRestored, mayHaveRun, server } =
    call;
  return {
    id,
    name,
    argumentsText,
    input,
    problem,
    ...(isEdited !== undefined && { isEdited }),
    ...(isRestored !== undefined && { isRestored }),
    ...(mayHaveRun !== undefined && { mayHaveRun }),
    ...(server !== undefined && { server }),
  };
}

/** Returns the call with an output. The output determines the state: done, failed, denied or approved. */
export function withOutput(call: ToolCallBase, output: string): ToolCall {
  const error = readErrorOutput(output);
  if (call.server !== undefined && !error) return { ...toBaseCall(call), state: 'approved' };
  const base = { ...toBaseCall(call), output };
  if (!error) return { ...base, state: 'done' };
  return error.code === 'denied'
    ? { ...base, state: 'denied', reason: error.message }
    : { ...base, state: 'failed', error };
}
