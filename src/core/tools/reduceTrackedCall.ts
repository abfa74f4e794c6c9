import type { ToolCall, ToolCallBase } from '../../protocol/ToolCall.js';
import { encodeErrorOutput } from '../../protocol/toolOutput.js';
import type { CallRecord } from './CallRecord.js';
import { toFormSchema } from './toJsonSchema.js';
import type { EventOf, UserEvent } from './ToolCallsEvent.js';
import {
  APPROVAL_OUTPUT,
  getOutput,
  hasDraft,
  toBaseCall,
  withOutput,
  type CallStart,
  type TrackedCall,
} from './TrackedCalls.js';

/** Reduces the events between the arrival of a call and the start of its handler. */
export function reduceStart(
  tracked: TrackedCall,
  event: EventOf<'argumentsRead' | 'heldElsewhere' | 'lockAcquired' | 'startCancelled'>,
): TrackedCall {
  const { start } = tracked;
  switch (event.type) {
    case 'argumentsRead':
      return tracked.call.state === 'streaming-args' ? applyArguments(tracked, event) : tracked;
    case 'heldElsewhere': {
      if (!start) return tracked;
      const call: ToolCall =
        event.output === undefined
          ? { ...toBaseCall(start.base), state: 'running', place: 'elsewhere' }
          : withOutput(start.base, event.output);
      return { ...tracked, call };
    }
    case 'lockAcquired':
      return start ? applyLock({ ...tracked, start: undefined }, start, event.record) : tracked;
    case 'startCancelled':
      return start === event.start ? { ...tracked, start: undefined } : tracked;
  }
}

/** Reduces the events of a handler. */
export function reduceExecution(
  tracked: TrackedCall,
  event: EventOf<'started' | 'asked' | 'answered' | 'completed'>,
): TrackedCall {
  const base = toBaseCall(tracked.call);
  const { state } = tracked.call;
  switch (event.type) {
    case 'started':
      if (state !== 'running') return tracked;
      return { ...tracked, call: { ...base, state: 'running', place: 'here' } };
    case 'asked': {
      if (state !== 'running' && state !== 'needs-answer') return tracked;
      const { question, schema } = event;
      return { ...tracked, call: { ...base, state: 'needs-answer', question, schema } };
    }
    case 'answered':
      if (state !== 'needs-answer') return tracked;
      return { ...tracked, call: { ...base, state: 'running', place: 'here' } };
    case 'completed':
      if (state !== 'running' && state !== 'needs-answer') return tracked;
      return setOwnOutput(tracked, base, event.output);
  }
}

/** Reduces the actions of the user. */
export function reduceAction(tracked: TrackedCall, event: UserEvent): TrackedCall {
  const { call } = tracked;
  switch (event.type) {
    case 'approved':
      return applyApproval(tracked, event.edited);
    case 'retried':
      return applyRetry(tracked);
    case 'denied': {
      const output = encodeErrorOutput({ code: 'denied', message: event.reason });
      return setOwnOutput(tracked, toBaseCall(call), output);
    }
    case 'provided':
      if (call.state === 'running' || call.server !== undefined) return tracked;
      return setOwnOutput(tracked, toBaseCall(call), event.output);
    case 'reopened': {
      if (getOutput(call) === undefined) return tracked;
      return waitForUser(
        { ...tracked, isOwn: false },
        toBaseCall(call),
        getReopenedDrafts(tracked),
      );
    }
    case 'draftChanged':
      if (!hasDraft(call)) return tracked;
      return { ...tracked, call: { ...call, draft: event.draft } };
    case 'denialDraftChanged':
      if (!hasDraft(call)) return tracked;
      return { ...tracked, call: { ...call, denialDraft: event.denialDraft } };
  }
}

/** Returns the drafts of a call whose output is discarded. */
function getReopenedDrafts({ call, tool }: TrackedCall): CallDrafts {
  if (call.state === 'denied' && call.reason !== '' && call.server === undefined)
    return { denialDraft: call.reason };
  // The draft of a call that its handler runs has arguments, not an output.
  return call.state === 'done' && tool?.execute === undefined
    ? { draft: { text: call.output } }
    : {};
}

function applyApproval(tracked: TrackedCall, edited: EventOf<'approved'>['edited']): TrackedCall {
  const { call, start } = tracked;
  if (call.state !== 'needs-approval' || start) return tracked;
  if (call.server !== undefined) return setOwnOutput(tracked, toBaseCall(call), APPROVAL_OUTPUT);
  const base = edited ? { ...toBaseCall(call), ...edited, isEdited: true } : toBaseCall(call);
  if (base.problem === undefined) return { ...tracked, start: { base, isApproved: true } };
  return edited ? waitForUser(tracked, base, call) : tracked;
}

function applyRetry(tracked: TrackedCall): TrackedCall {
  const { call, tool, start } = tracked;
  const canRetry = call.state === 'failed' && call.problem === undefined && !start;
  if (!canRetry || !tool?.execute) return tracked;
  return { ...tracked, start: { base: toBaseCall(call), isApproved: true } };
}

/** Applies an output or a start of another tab to an open call. */
export function applyRecord(tracked: TrackedCall, record: CallRecord | undefined): TrackedCall {
  const { call, start } = tracked;
  // The record is read again once the arguments are.
  if (call.state === 'streaming-args') return tracked;
  if (record?.output !== undefined) {
    return getOutput(call) === undefined
      ? { ...tracked, call: withOutput(call, record.output) }
      : tracked;
  }
  // The handler of a restored call was started by an earlier page, so its record does not show that another tab is running it.
  const hasStarted = record?.startedBy !== undefined && call.isRestored !== true;
  return hasStarted && call.state === 'needs-approval' && !start
    ? { ...tracked, start: { base: toBaseCall(call), isApproved: false } }
    : tracked;
}

function applyArguments(
  before: TrackedCall,
  { input, problem, needsApproval, canAlwaysAllow, record, unknownTool }: EventOf<'argumentsRead'>,
): TrackedCall {
  const tracked = { ...before, needsApproval, canAlwaysAllow };
  const { tool } = tracked;
  const base = { ...toBaseCall(before.call), input, problem };
  const start = { base, isApproved: false };
  // Another page has an output or runs the handler. The lock shows what to do.
  if (record?.output !== undefined || record?.startedBy !== undefined) return { ...tracked, start };
  if (!tool && base.server === undefined && unknownTool === 'report') {
    const message = `The application does not define the function ${base.name}.`;
    return setOwnOutput(tracked, base, encodeErrorOutput({ code: 'unknown_tool', message }));
  }
  if (problem !== undefined && tool?.onInvalidArguments === 'report')
    return setOwnOutput(
      tracked,
      base,
      encodeErrorOutput({ code: 'invalid_arguments', message: problem }),
    );
  return canRunAutomatically(tracked, base, undefined) || isAllowedOnServer(tracked, base)
    ? { ...tracked, start }
    : waitForUser(tracked, withoutRun(tracked, base), record);
}

/**
 * Marks a restored call that no page of this browser has started. If it needs an approval, it has not run. Others may have been
 * run by another browser.
 */
function withoutRun({ needsApproval }: TrackedCall, base: ToolCallBase): ToolCallBase {
  const isFirstApproval = needsApproval || base.server !== undefined || base.problem !== undefined;
  return base.isRestored === true && base.mayHaveRun === undefined && isFirstApproval
    ? { ...base, mayHaveRun: false }
    : base;
}

/** Decides what to do with a call that no other tab can run now. `record` is the one from before the lock. */
function applyLock(
  tracked: TrackedCall,
  { base, isApproved }: CallStart,
  record: CallRecord | undefined,
): TrackedCall {
  // Another tab has submitted the output, and the run has not been received since.
  if (record?.isClosed === true) return tracked;
  if (record?.output !== undefined) return setOwnOutput(tracked, base, record.output);
  if (isAllowedOnServer(tracked, base)) return setOwnOutput(tracked, base, APPROVAL_OUTPUT);
  const canRun = isApproved
    ? tracked.tool?.execute !== undefined
    : canRunAutomatically(tracked, base, record?.startedBy);
  if (canRun) return { ...tracked, call: { ...base, state: 'running', place: 'waiting' } };
  return waitForUser(tracked, { ...base, isRestored: true }, record);
}

/**
 * Returns true if the handler may run without asking the user.
 *
 * @param startedBy Id of a page that has started the handler before, and left no output.
 */
function canRunAutomatically(
  { tool, needsApproval }: TrackedCall,
  { problem, isRestored }: ToolCallBase,
  startedBy: string | undefined,
): boolean {
  if (tool?.execute === undefined || needsApproval || problem !== undefined) return false;
  return tool.idempotent || (isRestored !== true && startedBy === undefined);
}

/** Returns true if a server runs the call, and the user always allows it. It has not run: the run waits for the approval. */
function isAllowedOnServer({ needsApproval }: TrackedCall, { server }: ToolCallBase): boolean {
  return server !== undefined && !needsApproval;
}

/** Texts about a call that the user has begun to write. */
type CallDrafts = Pick<CallRecord, 'draft' | 'denialDraft'>;

/** Returns a call that waits for the user: for the approval of its handler, or for an output if there is none. */
function waitForUser(
  tracked: TrackedCall,
  base: ToolCallBase,
  { draft, denialDraft }: CallDrafts = {},
): TrackedCall {
  const { tool } = tracked;
  const needsDecision = tool?.execute !== undefined || base.server !== undefined;
  const call: ToolCall = needsDecision
    ? {
        ...base,
        state: 'needs-approval',
        schema: toFormSchema(tool?.inputSchema),
        draft,
        ...(tracked.canAlwaysAllow && { canAlwaysAllow: true }),
      }
    : { ...base, state: 'needs-output', schema: toFormSchema(tool?.outputSchema), draft };
  return { ...tracked, call: denialDraft === undefined ? call : { ...call, denialDraft } };
}

/** Returns a call with an output of this page. Ends a start, since the call must not run any more. */
function setOwnOutput(tracked: TrackedCall, base: ToolCallBase, output: string): TrackedCall {
  return { ...tracked, call: withOutput(base, output), isOwn: true, start: undefined };
}
