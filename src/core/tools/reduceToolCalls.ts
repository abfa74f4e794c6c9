import type { ToolCall, ToolCallsNotice } from '../../protocol/ToolCall.js';
import type { CallRecord } from './CallRecord.js';
import type { FunctionTool } from './FunctionTool.js';
import { getStepCalls } from './getStepCalls.js';
import { applyRecord, reduceAction, reduceExecution, reduceStart } from './reduceTrackedCall.js';
import type {
  CallEvent,
  CallRecordsById,
  EventOf,
  ToolCallsEvent,
  UserEvent,
} from './ToolCallsEvent.js';
import {
  getActionableCall,
  getOpenCalls,
  getOutput,
  hasDraft,
  isClosed,
  toBaseCall,
  type TrackedCall,
  type TrackedCalls,
} from './TrackedCalls.js';

/**
 * Returns the next state of the function calls of a run. Each call gets one output, or is closed without one when the run no
 * longer waits for it. A decision to run a handler appears as `start` of its call; the caller then acquires the lock.
 */
export function reduceToolCalls(state: TrackedCalls, event: ToolCallsEvent): TrackedCalls {
  switch (event.type) {
    case 'stepsReceived':
      return applySteps(state, event);
    case 'runMovedOn':
      return applyRunMovedOn(state, event);
    case 'pendingChanged':
      return applyPending(state, event);
    case 'recordsChanged':
      return applyRecords(state, event.records);
    case 'submitStarted':
      return { ...state, isSubmitting: true, error: undefined, notice: undefined };
    case 'submitSucceeded':
      return { ...submitCalls(state), isSubmitting: false };
    case 'submitFailed':
      return { ...state, isSubmitting: false, error: event.error };
    default:
      return reduceCallEvent(state, event);
  }
}

/** Reduces the events of single calls. */
function reduceCallEvent(state: TrackedCalls, event: CallEvent): TrackedCalls {
  switch (event.type) {
    case 'argumentsRead':
    case 'heldElsewhere':
    case 'lockAcquired':
    case 'startCancelled':
      return updateOpenCall(state, event.id, (tracked) => reduceStart(tracked, event));
    case 'started':
    case 'asked':
    case 'answered':
    case 'completed':
      return updateOpenCall(state, event.id, (tracked) => reduceExecution(tracked, event));
    default:
      return reduceUserEvent(state, event);
  }
}

/** Reduces an action of the user, unless the call does not allow one. */
function reduceUserEvent(state: TrackedCalls, event: UserEvent): TrackedCalls {
  if (!getActionableCall(state, event.id)) return state;
  return updateOpenCall(state, event.id, (tracked) => reduceAction(tracked, event));
}

/** Applies the steps to calls that are not open. The run reports the open ones, and an id may be that of an earlier call. */
function applySteps(
  state: TrackedCalls,
  { run, steps, tools }: EventOf<'stepsReceived'>,
): TrackedCalls {
  const openIds = new Set(getOpenCalls(state).map(({ call }) => call.id));
  const changed = getStepCalls(run, steps, state.calls).filter(({ id }) => !openIds.has(id));
  if (changed.length === 0) return state;
  const calls = new Map(state.calls);
  for (const call of changed) {
    const tool = tools.find(({ name }) => name === call.name);
    calls.set(call.id, { ...(calls.get(call.id) ?? track(call, '', tool)), call });
  }
  return { ...state, calls };
}

function applyPending(
  state: TrackedCalls,
  { pending, added, unknownAction }: EventOf<'pendingChanged'>,
): TrackedCalls {
  const isSame = unknownAction?.type === state.unknownAction?.type;
  if (isSame && added.length === 0 && pending.length === state.pending.length) return state;
  const calls = new Map(state.calls);
  for (const { call, key, tool, isRestored, hasReturned = false } of added) {
    const { name, arguments: argumentsText } = call.function;
    const { id, server } = call;
    const base = {
      id,
      name,
      argumentsText,
      isRestored,
      ...(hasReturned && { mayHaveRun: true }),
      ...(server !== undefined && { server }),
    };
    calls.set(call.id, track({ ...base, state: 'streaming-args' }, key, tool));
  }
  // The notice is about the calls of an earlier wait.
  const notice = state.pending.length === 0 ? undefined : state.notice;
  return { ...state, calls, pending, notice, unknownAction };
}

function applyRunMovedOn(
  state: TrackedCalls,
  { status, removed, records }: EventOf<'runMovedOn'>,
): TrackedCalls {
  const open = getOpenCalls({ ...state, pending: removed }).map((tracked) =>
    withStoredDrafts(tracked, records.get(tracked.call.id)),
  );
  if (open.length === 0) return state;
  // Another tab has submitted the outputs of this one from the records, so they are not lost.
  const unsent = open.filter(
    ({ call }) => getOutput(call) === undefined || records.get(call.id)?.isClosed !== true,
  );
  const notice = createNotice(status, unsent);
  const closed = closeCalls(state, open, ({ call }) =>
    notice.reason === 'answered'
      ? { state: 'submitted', output: undefined }
      : { state: 'expired', output: call.server === undefined ? getOutput(call) : undefined },
  );
  return {
    ...closed,
    error: undefined,
    notice: notice.calls.length > 0 ? notice : state.notice,
  };
}

/** Applies the outputs and starts of other tabs to the open calls. */
function applyRecords(state: TrackedCalls, records: CallRecordsById): TrackedCalls {
  return getOpenCalls(state).reduce(
    (next, { call: { id } }) =>
      updateOpenCall(next, id, (tracked) => applyRecord(tracked, records.get(id))),
    state,
  );
}

/** Returns the call with the drafts of its record. The tab that submitted an output for it has removed them there. */
function withStoredDrafts(tracked: TrackedCall, record: CallRecord | undefined): TrackedCall {
  const { call } = tracked;
  if (!hasDraft(call)) return tracked;
  const { draft, denialDraft } = record ?? {};
  return { ...tracked, call: { ...call, draft, denialDraft } };
}

/** Creates the notice about calls whose outputs were not submitted. */
function createNotice(status: string, unsent: readonly TrackedCall[]): ToolCallsNotice {
  const reason = NOTICE_REASONS[status] ?? 'answered';
  const isLost = ({ call, isOwn }: TrackedCall): boolean => {
    // Nothing is lost if a run was stopped or answered before any work was done.
    if (reason === 'expired' || reason === 'failed' || isOwn) return true;
    if (hasDraft(call)) return Boolean(call.draft?.text) || Boolean(call.denialDraft);
    return call.state === 'needs-answer' || (call.state === 'running' && call.place === 'here');
  };
  return { reason, calls: unsent.filter(isLost).map(({ call }) => call) };
}

const NOTICE_REASONS: Readonly<Record<string, ToolCallsNotice['reason']>> = {
  expired: 'expired',
  cancelling: 'cancelled',
  cancelled: 'cancelled',
  failed: 'failed',
};

function track(call: ToolCall, key: string, tool: FunctionTool | undefined): TrackedCall {
  return {
    call,
    key,
    tool,
    needsApproval: false,
    canAlwaysAllow: false,
    isOwn: false,
    start: undefined,
  };
}

/** Closes the open calls after a submit. */
function submitCalls(state: TrackedCalls): TrackedCalls {
  return closeCalls(state, getOpenCalls(state), ({ call }) => ({
    state: 'submitted',
    output: call.server === undefined ? getOutput(call) : undefined,
  }));
}

type ClosedState = Pick<Extract<ToolCall, { state: 'submitted' | 'expired' }>, 'state' | 'output'>;

function closeCalls(
  state: TrackedCalls,
  closing: readonly TrackedCall[],
  toClosed: (tracked: TrackedCall) => ClosedState,
): TrackedCalls {
  const calls = new Map(state.calls);
  for (const tracked of closing) {
    const { state: name, output } = toClosed(tracked);
    const call: ToolCall = { ...toBaseCall(tracked.call), state: name, output };
    calls.set(call.id, { ...tracked, call, start: undefined });
  }
  return { ...state, calls };
}

/** Updates a call unless it is closed. An output of this page clears the error of the last submit. */
function updateOpenCall(
  state: TrackedCalls,
  id: string,
  update: (tracked: TrackedCall) => TrackedCall,
): TrackedCalls {
  const before = state.calls.get(id);
  if (!before || isClosed(before.call)) return state;
  const after = update(before);
  if (after === before) return state;
  const output = getOutput(after.call);
  const hasNewOutput = after.isOwn && output !== undefined && output !== getOutput(before.call);
  return {
    ...state,
    calls: new Map(state.calls).set(id, after),
    error: hasNewOutput ? undefined : state.error,
  };
}
