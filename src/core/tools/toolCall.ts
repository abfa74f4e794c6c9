import { readErrorOutput, type ToolError } from '../../protocol/toolOutput.js';
import type { Tool } from './defineTool.js';
import type { JsonSchema } from './fromJsonSchema.js';

/** What a person has begun to write as the result of a call. */
export interface ToolDraft {
  /** How it was being written, in the words of whoever keeps the draft; undefined for an output that was taken back. */
  readonly mode?: string;
  readonly text: string;
}

/** What every call has, whatever its state. */
export interface ToolCallBase {
  readonly id: string;
  readonly name: string;
  /** As the model wrote them, or as the person edited them: what runs, ran or would run. */
  readonly argumentsText: string;
  /** Undefined for a function that nobody here defined. */
  readonly tool: Tool | undefined;
  /** The arguments, read and checked; undefined while they stream, and when they do not fit. */
  readonly input?: unknown;
  /** Why the arguments do not fit. */
  readonly problem?: string | undefined;
  /** Whether the person changed the arguments. The model is told. */
  readonly isEdited?: boolean;
  /** Whether it was found waiting, or was begun by a page that is gone: it may have run before. */
  readonly isRestored?: boolean;
}

/** A function call, from its first letter to the end of its run. */
export type ToolCall = ToolCallBase &
  (
    | { readonly state: 'streaming-args' }
    /** For `approve`, `deny`, or `provide`. The schema is that of the parameters, for a form to change the arguments. */
    | { readonly state: 'needs-approval'; readonly schema: JsonSchema | undefined }
    /** For `provide` or `deny`. `draft` is what was written before, as it was given to `setDraft`. */
    | {
        readonly state: 'needs-output';
        readonly schema: JsonSchema | undefined;
        readonly draft: ToolDraft | undefined;
      }
    /** The handler has a question, for `answer` or `deny`. */
    | {
        readonly state: 'needs-answer';
        readonly schema: JsonSchema | undefined;
        readonly question: string | undefined;
      }
    /** Elsewhere is another tab. Waiting calls stand in line behind `concurrency`. */
    | { readonly state: 'running'; readonly place: 'here' | 'elsewhere' | 'waiting' }
    /** Has its output, as it goes on the wire, and waits for `submit`. So do 'failed' and 'denied'. */
    | { readonly state: 'done'; readonly output: string }
    | { readonly state: 'failed'; readonly output: string; readonly error: ToolError }
    | { readonly state: 'denied'; readonly output: string; readonly reason: string }
    /** The server has it. The output is undefined where somebody else gave it. */
    | { readonly state: 'submitted'; readonly output: string | undefined }
    /** The run ended before its output was submitted. */
    | { readonly state: 'expired'; readonly output: string | undefined }
  );

/** Where a call stands. */
export type ToolCallState = ToolCall['state'];

/** Why outputs were not submitted. */
export interface ToolCallsNotice {
  /** What became of the run: 'answered' by another tab or client, or its status when it ended. */
  reason: 'answered' | 'expired' | 'cancelled' | 'failed';
  /** The calls that somebody worked on for nothing; their outputs and drafts are kept. */
  calls: readonly ToolCall[];
}

/** Whether a call is over: nothing that happens here changes it any more. */
export function isClosed({ state }: ToolCall): boolean {
  return state === 'submitted' || state === 'expired';
}

/** Whether a call runs by itself. `startedBy` is the page that has begun it before. */
export function canRun({ tool, problem, isRestored }: ToolCallBase, startedBy?: string): boolean {
  if (tool?.run !== 'auto' || problem !== undefined) return false;
  return tool.idempotent || (isRestored !== true && startedBy === undefined);
}

/** Whether complete outputs wait for `submit()`. */
export function needsReview(
  open: readonly ToolCall[],
  submit: 'review' | 'complete' | 'manual' = 'review',
): boolean {
  const isByHand = ({ state, tool }: ToolCall) =>
    state === 'denied' || !tool || tool.run === 'human';
  const mayBeRetried = ({ state, tool, problem }: ToolCall) =>
    state === 'failed' && tool?.run === 'confirm' && problem === undefined;
  return (
    submit === 'manual' ||
    (submit === 'review' && (open.some(mayBeRetried) || (open.length > 1 && open.some(isByHand))))
  );
}

/** What is said about calls that are open when the run no longer waits for them. `own` are those with an output of this page. */
export function createNotice(
  status: string,
  open: readonly ToolCall[],
  own: ReadonlySet<string>,
): ToolCallsNotice {
  const reason = REASONS[status] ?? 'answered';
  // Of a run that somebody stopped or answered there is nothing to say to who has done nothing yet.
  const isLost = (call: ToolCall) => {
    if (reason === 'expired' || reason === 'failed' || own.has(call.id)) return true;
    if (call.state === 'needs-output') return call.draft !== undefined && call.draft.text !== '';
    return call.state === 'needs-answer' || (call.state === 'running' && call.place === 'here');
  };
  return { reason, calls: open.filter(isLost) };
}

const REASONS: Readonly<Record<string, ToolCallsNotice['reason']>> = {
  expired: 'expired',
  cancelling: 'cancelled',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** A call without its state. */
export function toBaseCall({
  id,
  name,
  argumentsText,
  tool,
  input,
  problem,
  isEdited,
  isRestored,
}: ToolCallBase): ToolCallBase {
  return {
    id,
    name,
    argumentsText,
    tool,
    input,
    problem,
    ...(isEdited !== undefined && { isEdited }),
    ...(isRestored !== undefined && { isRestored }),
  };
}

/** A call that has its output, in the state that the output tells. */
export function withOutput(call: ToolCallBase, output: string): ToolCall {
  const error = readErrorOutput(output);
  const base = { ...toBaseCall(call), output };
  if (!error) return { ...base, state: 'done' };
  return error.code === 'denied'
    ? { ...base, state: 'denied', reason: error.message }
    : { ...base, state: 'failed', error };
}
