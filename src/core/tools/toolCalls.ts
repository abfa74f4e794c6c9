import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Run, RunStep, ToolOutput } from '../../protocol/types.js';
import type { Tool } from './defineTool.js';
import type { SchemaIssue } from './schema.js';
import type { ToolCall, ToolCallsNotice, ToolDraft } from './toolCall.js';

export interface ToolCallsSettings {
  tools: readonly Tool[];
  /**
   * When outputs are sent: 'complete' as soon as every call has one, 'manual' by `submit()`, and 'review' as soon as every
   * call has one, but by `submit()` where there are several and a person made one of them, who may want to look them over, or
   * where one that a person approved has failed, which they may want to try again.
   * @default 'review'
   */
  submit?: 'review' | 'complete' | 'manual' | undefined;
  /** A function that no tool here stands for: 'ask' the person for its result, or 'report' it to the model. @default 'ask' */
  unknownTool?: 'ask' | 'report' | undefined;
  /** How many handlers run at the same time. @default Infinity */
  concurrency?: number | undefined;
}

/** A run whose calls are answered; a `FollowedRun` is one. */
export interface ToolCallsSource {
  getState: () => { readonly run: Run | undefined; readonly steps: readonly RunStep[] };
  subscribe: (listener: () => void) => () => void;
  submit: (outputs: ToolOutput[]) => Promise<void>;
  /** Whether the run was found rather than made: what it waits for at first sight has been waiting. */
  readonly isAdopted: boolean;
  /** Whether it gives way to another source of the same run, which knows more. */
  readonly isPolled?: boolean;
}

export interface ToolCallsState {
  /** Every function call of the run that is known, in the order the model made them. */
  calls: readonly ToolCall[];
  /** How many calls the run waits for, and how many of them have their output. */
  total: number;
  ready: number;
  isSubmitting: boolean;
  /** Why the outputs did not arrive; `submit` tries again. */
  error: AssistantsError | undefined;
  notice: ToolCallsNotice | undefined;
}

/** What a person can do about calls. Each is for certain states of a call, see `ToolCall`; in others it does nothing. */
export interface ToolCallsActions {
  /** Runs the handler, with other arguments if given. Arguments that do not fit come back as the call's `problem`. */
  approve: (callId: string, edited?: { argumentsText: string }) => Promise<void>;
  /** Refuses the call, stops its handler, and tells the model why. */
  deny: (callId: string, reason: string) => void;
  /** Gives the result; resolves with what is wrong with it. A `text` goes out as it is, whatever the output schema says. */
  provide: (
    callId: string,
    result: { value: unknown } | { text: string },
  ) => Promise<readonly SchemaIssue[]>;
  /** Answers the question of a handler; resolves with what is wrong with it. */
  answer: (callId: string, value: unknown) => Promise<readonly SchemaIssue[]>;
  /** Runs a handler that failed again. */
  retry: (callId: string) => Promise<void>;
  /** Takes an output back before it is submitted. */
  reopen: (callId: string) => void;
  /** Keeps what has been written so far, for after a reload. */
  setDraft: (callId: string, draft: ToolDraft) => void;
  /** Sends all outputs in one request. Whether they have arrived; if not, the state says why. */
  submit: () => Promise<boolean>;
}

/** The calls of one run, and their execution. Knows no React; outlives the components that show it. */
export interface ToolCalls extends ToolCallsActions {
  getState: () => ToolCallsState;
  subscribe: (listener: () => void) => () => void;
  configure: (settings: ToolCallsSettings) => void;
  /** Follows the run from now on. Returns how to stop; handlers go on. */
  attach: (source: ToolCallsSource) => () => void;
  /** Whether a call is open, so that it must not be forgotten. */
  isOpen: () => boolean;
}

/** The calls of one run and their execution. Knows no React, and outlives the components that show it. */
export interface ToolCallsEngine extends ToolCallsActions {
  getState: () => ToolCallsState;
  subscribe: (listener: () => void) => () => void;
  configure: (settings: ToolCallsSettings) => void;
  /** Follows the run from now on. Returns how to stop; handlers go on. */
  attach: (source: ToolCallsSource) => () => void;
}
