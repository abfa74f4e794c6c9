import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { SchemaOutput, ToolSchema } from './ToolSchema.js';

/** Identifies a call, for `needsApproval`. */
export interface ToolCallContext {
  readonly threadId: string;
  readonly runId: string;
  readonly callId: string;
  /** Aborts when the run no longer waits for the call. In a handler, also when it times out or the user denies the call. */
  readonly signal: AbortSignal;
  readonly client: AssistantsClient;
}

/** Second argument of `execute`. */
export interface ToolContext extends ToolCallContext {
  /**
   * Asks the user a question in the middle of the handler. Resolves with an answer that is valid for the schema. The timeout
   * of the tool is paused meanwhile.
   *
   * @throws AssistantsError of kind 'aborted' if the call is denied or the run no longer waits for it
   */
  readonly ask: <const Schema extends ToolSchema>(
    schema: Schema,
    question?: string,
  ) => Promise<SchemaOutput<Schema>>;
}

/**
 * Decides if a call needs the approval of the user. The type of a method, whose parameters are bivariant: a list holds tools
 * with different inputs, and each tool only receives inputs that its own schema has accepted.
 */
export type NeedsApproval<Input> = {
  decide(input: Input, context: ToolCallContext): boolean | Promise<boolean>;
}['decide'];

/** A function that the model may call. Independent of how its calls are rendered. */
export interface FunctionTool<Input = unknown, Output = unknown> {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: ToolSchema;
  readonly outputSchema?: ToolSchema | undefined;
  readonly needsApproval: boolean | NeedsApproval<Input>;
  readonly canAlwaysAllow?: boolean | undefined;
  readonly timeoutMs: number;
  readonly idempotent: boolean;
  readonly concurrency: number;
  readonly onInvalidArguments: 'report' | 'ask';
  /** A method for the same reason as `NeedsApproval`. Undefined if the user answers the calls. */
  execute?(input: Input, context: ToolContext): Output | Promise<Output>;
}

/** Type of the input that the handler of a tool receives. */
export type ToolInput<T> = T extends FunctionTool<infer Input, infer _> ? Input : never;

/** Type of the output that the handler of a tool returns, or that the user provides. */
export type ToolValue<T> = T extends FunctionTool<infer _, infer Output> ? Output : never;
