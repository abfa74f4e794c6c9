/** JSON Schema, as a value. */
export type JsonSchemaObject = Readonly<Record<string, unknown>>;

/** What is wrong with a value, and where: keys from its root. */
export interface ValueIssue {
  message: string;
  path: readonly (string | number)[];
}

/** The result of a call: a value that is held against its schema, or a text that goes out as it is. */
export type ToolOutputResult = { value: unknown } | { text: string };

/** What has been written of a result so far. */
export interface ToolOutputDraft {
  /** `form`, `json` or `text`. @default the first that can hold the text */
  readonly mode?: string;
  readonly text: string;
}

interface CallBase {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
  readonly problem?: string | undefined;
  readonly isRestored?: boolean;
}

/** A function call in its state, as `useToolCalls` gives it. */
export type ToolCallView = CallBase &
  (
    | { readonly state: 'streaming-args' }
    | { readonly state: 'needs-approval'; readonly schema: JsonSchemaObject | undefined }
    | {
        readonly state: 'needs-output';
        readonly schema: JsonSchemaObject | undefined;
        readonly draft: ToolOutputDraft | undefined;
      }
    | {
        readonly state: 'needs-answer';
        readonly schema: JsonSchemaObject | undefined;
        readonly question: string | undefined;
      }
    | { readonly state: 'running'; readonly place: 'here' | 'elsewhere' | 'waiting' }
    | { readonly state: 'done'; readonly output: string }
    | {
        readonly state: 'failed';
        readonly output: string;
        readonly error: { readonly code: FailureCode; readonly message: string };
      }
    | { readonly state: 'denied'; readonly output: string; readonly reason: string }
    | { readonly state: 'submitted' | 'expired'; readonly output: string | undefined }
  );

type FailureCode =
  'failed' | 'timeout' | 'invalid_arguments' | 'invalid_output' | 'unknown_tool' | 'denied';

/** What can be done about a call. */
export interface ToolCallActions {
  approve: (callId: string, edited?: { argumentsText: string }) => Promise<void>;
  deny: (callId: string, reason: string) => void;
  provide: (callId: string, result: ToolOutputResult) => Promise<readonly ValueIssue[]>;
  answer: (callId: string, value: unknown) => Promise<readonly ValueIssue[]>;
  retry: (callId: string) => Promise<void>;
  reopen: (callId: string) => void;
  setDraft: (callId: string, draft: ToolOutputDraft) => void;
}

/** The calls of a run and what can be done about them, as `useToolCalls` gives it. */
export interface ToolCallsView extends ToolCallActions {
  readonly calls: readonly ToolCallView[];
  readonly total: number;
  readonly ready: number;
  readonly isSubmitting: boolean;
  readonly error: { readonly message: string } | undefined;
  readonly notice: ToolCallsNoticeView | undefined;
  submit: () => Promise<boolean>;
}

/** Results that were not sent. */
export interface ToolCallsNoticeView {
  readonly reason: 'answered' | 'expired' | 'cancelled' | 'failed';
  readonly calls: readonly ToolCallView[];
}
