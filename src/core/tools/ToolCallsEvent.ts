import type { AssistantsError } from '../../client/AssistantsError.js';
import type { JsonSchema, ToolOutputDraft, UnknownAction } from '../../protocol/ToolCall.js';
import type { RequiredCall } from '../../protocol/requiredAction.js';
import type { Run, RunStep } from '../../protocol/types.js';
import type { CallRecord } from './CallRecord.js';
import type { FunctionTool } from './FunctionTool.js';
import type { CallStart } from './TrackedCalls.js';

/** Records of calls by call id. */
export type CallRecordsById = ReadonlyMap<string, CallRecord | undefined>;

/** A call that the run has begun to wait for. */
export interface AddedCall {
  readonly call: RequiredCall;
  /** Key of its record and its lock. */
  readonly key: string;
  readonly tool: FunctionTool | undefined;
  readonly isRestored: boolean;
  /** True if its output was submitted, and the run requires it again. */
  readonly hasReturned?: boolean;
}

/** Events of the function calls of a run. An event that does not apply to the current state changes nothing. */
export type ToolCallsEvent =
  /** The steps of the run have changed. */
  | {
      type: 'stepsReceived';
      run: Run;
      steps: readonly RunStep[];
      tools: readonly FunctionTool[];
    }
  /** The run no longer waits for some calls. */
  | {
      type: 'runMovedOn';
      status: string;
      removed: readonly RequiredCall[];
      records: CallRecordsById;
    }
  /** The run waits for these calls. Includes those that it waited for before. */
  | {
      type: 'pendingChanged';
      pending: readonly RequiredCall[];
      added: readonly AddedCall[];
      unknownAction?: UnknownAction | undefined;
    }
  /** The arguments of a pending call have been parsed and validated. */
  | {
      type: 'argumentsRead';
      id: string;
      input: unknown;
      problem: string | undefined;
      needsApproval: boolean;
      canAlwaysAllow: boolean;
      record: CallRecord | undefined;
      unknownTool: 'ask' | 'report';
    }
  /** The user has approved a call, with other arguments if `edited` is given. */
  | {
      type: 'approved';
      id: string;
      edited?: { argumentsText: string; input: unknown; problem: string | undefined };
    }
  /** The user has asked to run a failed handler again. */
  | { type: 'retried'; id: string }
  /** Another tab holds the lock of a call that was about to start. */
  | { type: 'heldElsewhere'; id: string; output: string | undefined }
  /** This tab holds the lock of a call that was about to start. */
  | { type: 'lockAcquired'; id: string; record: CallRecord | undefined }
  /** A start has ended without the lock. */
  | { type: 'startCancelled'; id: string; start: CallStart }
  /** The handler runs. Before, the call waited for other calls. */
  | { type: 'started'; id: string }
  /** The handler asks the user a question. */
  | { type: 'asked'; id: string; question: string | undefined; schema: JsonSchema | undefined }
  /** The user has answered the question. */
  | { type: 'answered'; id: string }
  /** The handler has ended. Failures have the output of an error. */
  | { type: 'completed'; id: string; output: string }
  /** The user has denied the call. */
  | { type: 'denied'; id: string; reason: string }
  /** The user has provided the output. */
  | { type: 'provided'; id: string; output: string }
  /** The user has discarded an output. */
  | { type: 'reopened'; id: string }
  /** The user has changed an unfinished output. */
  | { type: 'draftChanged'; id: string; draft: ToolOutputDraft | undefined }
  /** The user has changed the unfinished reason of a denial. */
  | { type: 'denialDraftChanged'; id: string; denialDraft: string | undefined }
  /** Another tab has changed records. */
  | { type: 'recordsChanged'; records: CallRecordsById }
  /** A request with all outputs was sent. */
  | { type: 'submitStarted' }
  /** The server has accepted the outputs. */
  | { type: 'submitSucceeded' }
  /** The request failed. The outputs are kept. */
  | { type: 'submitFailed'; error: AssistantsError };

/** Events of single calls. */
export type CallEvent = Extract<ToolCallsEvent, { id: string }>;

/** Actions of the user. */
export type UserEvent = EventOf<
  | 'approved'
  | 'retried'
  | 'denied'
  | 'provided'
  | 'reopened'
  | 'draftChanged'
  | 'denialDraftChanged'
>;

/** Events of some types. */
export type EventOf<Type extends ToolCallsEvent['type']> = Extract<ToolCallsEvent, { type: Type }>;
