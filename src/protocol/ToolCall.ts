import type { ToolError } from './toolOutput.js';

/** A schema in JSON Schema, draft 2020-12 or 7, as a value. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A problem with a value that was validated against a schema. */
export interface SchemaIssue {
  message: string;
  /** Keys from the root of the value to the part that is wrong. Empty for the value itself. */
  path: readonly (string | number)[];
}

/** Output that the user writes for a call: a value, validated against the output schema, or a text that is sent unchanged. */
export type ToolOutputResult = { value: unknown } | { text: string };

/** Unfinished output of a call, or unfinished changes of its arguments. */
export interface ToolOutputDraft {
  /**
   * Mode of the form in which it was written, such as `form`, `json` or `text`. Undefined for an output that was reopened.
   *
   * @default the first mode that can represent the text
   */
  readonly mode?: string;
  readonly text: string;
}

/** Properties that a call has in every state. */
export interface ToolCallBase {
  readonly id: string;
  /** Name of the function. */
  readonly name: string;
  /** Arguments as JSON: as the model wrote them, or as the user edited them. */
  readonly argumentsText: string;
  /** Parsed and validated arguments. Undefined while they stream, and if they are invalid. */
  readonly input?: unknown;
  /** Explains why the arguments are invalid. */
  readonly problem?: string | undefined;
  /** True if the user edited the arguments. The output reports the edited arguments to the model. */
  readonly isEdited?: boolean;
  /** True if the call was pending before this page could handle it. It may have run before, see `mayHaveRun`. */
  readonly isRestored?: boolean;
  /** False for a restored call that waits for its first approval: no page of this browser has run it. */
  readonly mayHaveRun?: boolean;
  /**
   * Name of the server that runs the call once the user has approved it, such as an MCP server. Empty if it has no name.
   * Undefined for functions of the application.
   */
  readonly server?: string;
}

/** A function call of a run in its current state. */
export type ToolCall = ToolCallBase &
  (
    | { readonly state: 'streaming-args' }
    /**
     * Waits for `approve`, `deny` or `provide`. The schema describes the arguments, and the draft has the edited ones.
     * `denialDraft` is the unfinished reason of a denial.
     */
    | {
        readonly state: 'needs-approval';
        readonly schema: JsonSchema | undefined;
        readonly draft?: ToolOutputDraft | undefined;
        readonly denialDraft?: string | undefined;
        /** True if the user may allow all calls of the tool. */
        readonly canAlwaysAllow?: boolean;
      }
    /** Waits for `provide` or `deny`. The schema describes the output. `denialDraft` is the unfinished reason of a denial. */
    | {
        readonly state: 'needs-output';
        readonly schema: JsonSchema | undefined;
        readonly draft: ToolOutputDraft | undefined;
        readonly denialDraft?: string | undefined;
      }
    /** The handler asks the user a question. Waits for `answer` or `deny`. The schema describes the answer. */
    | {
        readonly state: 'needs-answer';
        readonly schema: JsonSchema | undefined;
        readonly question: string | undefined;
      }
    /** Runs in this tab, runs in another tab, or waits for other calls because of a concurrency limit. */
    | { readonly state: 'running'; readonly place: 'here' | 'elsewhere' | 'waiting' }
    /** Has an output that is not submitted yet. The states 'failed' and 'denied' have one, too. */
    | { readonly state: 'done'; readonly output: string }
    | { readonly state: 'failed'; readonly output: string; readonly error: ToolError }
    /** The user has approved a call that a server runs. The decision is not submitted yet. */
    | { readonly state: 'approved' }
    | { readonly state: 'denied'; readonly output: string; readonly reason: string }
    /** The server has the output. It is undefined if another client submitted it. */
    | { readonly state: 'submitted'; readonly output: string | undefined }
    /** The run ended before the output was submitted. */
    | { readonly state: 'expired'; readonly output: string | undefined }
  );

/** Name of the state of a call. */
export type ToolCallState = ToolCall['state'];

/** Reports outputs that were not submitted. */
export interface ToolCallsNotice {
  /** 'answered' if another tab or client submitted the outputs, otherwise how the run ended. */
  readonly reason: 'answered' | 'expired' | 'cancelled' | 'failed';
  /** The calls that the user or a handler worked on. They keep their outputs and drafts. */
  readonly calls: readonly ToolCall[];
}

/** Function calls of a run. */
export interface ToolCallsState {
  /** Every known call of the run, oldest first. */
  readonly calls: readonly ToolCall[];
  /** Number of calls that the run waits for. */
  readonly total: number;
  /** Number of calls that the run waits for and that have an output. */
  readonly ready: number;
  /** True while the outputs are being submitted. */
  readonly isSubmitting: boolean;
  /** Explains why the last submit failed. `submit` tries again. */
  readonly error: { readonly message: string } | undefined;
  /** Outputs that could not be submitted. Undefined again once the run waits for further calls. */
  readonly notice: ToolCallsNotice | undefined;
  /** Action that the run waits for and that this package cannot perform, with its `type` on the wire. */
  readonly unknownAction?: UnknownAction | undefined;
}

/** Action of an unknown type that a run waits for. */
export interface UnknownAction {
  /** Empty if the server names none. */
  readonly type: string;
  /** The action as the server has sent it. */
  readonly action: object;
}

/** Actions of the user on single calls. An action that does not apply to the current state of the call does nothing. */
export interface ToolCallActions {
  /**
   * Runs the handler, or lets the server run the call. Arguments of functions of the application can be edited. Invalid arguments
   * are reported in `problem` of the call. With `always`, other calls of the tool also run, now and later, without asking, if the
   * call has `canAlwaysAllow`.
   */
  approve: (
    callId: string,
    edited?: { argumentsText: string },
    options?: { always?: boolean },
  ) => Promise<void>;
  /** Denies the call and aborts its handler. The output reports the reason to the model. */
  deny: (callId: string, reason: string) => void;
  /** Sets the output. Resolves with the issues of an invalid value; an empty array means that the output was accepted. */
  provide: (callId: string, result: ToolOutputResult) => Promise<readonly SchemaIssue[]>;
  /** Answers the question of a handler. Resolves with the issues of an invalid answer, like `provide`. */
  answer: (callId: string, value: unknown) => Promise<readonly SchemaIssue[]>;
  /** Runs a failed handler again. */
  retry: (callId: string) => Promise<void>;
  /** Discards an output that is not submitted yet. The text of a successful output and the reason of a denial become drafts. */
  reopen: (callId: string) => void;
  /**
   * Stores an unfinished output or unfinished changes of the arguments, so that they survive a reload. Undefined
   * discards them.
   */
  setDraft: (callId: string, draft: ToolOutputDraft | undefined) => void;
  /** Stores the unfinished reason of a denial, so that it survives a reload. Undefined if the user no longer denies the call. */
  setDenialDraft: (callId: string, reason: string | undefined) => void;
}

/** Function calls of a run and the actions on them. */
export interface ToolCalls extends ToolCallsState, ToolCallActions {
  /** Submits all outputs in one request. Resolves with false if outputs are missing or the request failed; see `error`. */
  submit: () => Promise<boolean>;
}
