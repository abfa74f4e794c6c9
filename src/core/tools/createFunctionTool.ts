import type { JsonSchema } from '../../protocol/ToolCall.js';
import type { FunctionTool, NeedsApproval, ToolContext } from './FunctionTool.js';
import type { SchemaInput, SchemaOutput, ToolSchema } from './ToolSchema.js';

/** Type of the output of a tool: `unknown` without an output schema. */
export type ToolOutputValue<OutputSchema> = OutputSchema extends ToolSchema
  ? SchemaInput<OutputSchema>
  : unknown;

/** JSON Schema of a function without parameters. */
export interface EmptyInputSchema extends JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<never, never>>;
}

interface FunctionToolOptions<InputSchema> {
  /** Name of the function: 1 to 64 letters, digits, underscores and hyphens. */
  name: string;
  /** Name that the user sees in place of the name of the function, such as 'Send an email'. */
  title?: string;
  /** Tells the model what the function does and when to call it. The user sees it when a call needs approval. */
  description?: string;
  /** Schema of the arguments. @default an object without properties */
  inputSchema?: InputSchema;
  /** Time limit of the handler in milliseconds. The output of a call that exceeds it is the error 'timeout'. @default 60000 */
  timeoutMs?: number;
  /**
   * True if running the handler twice does no harm. A call that an earlier page may have run is run again automatically then;
   * otherwise it waits for the approval of the user.
   *
   * @default false
   */
  idempotent?: boolean;
  /** Maximum number of calls of this tool that run at the same time. @default Infinity */
  concurrency?: number;
  /**
   * Handling of arguments that are malformed, ambiguous or invalid: 'report' them to the model as the error
   * 'invalid_arguments', or 'ask' the user to correct them.
   *
   * @default 'report', and 'ask' for a tool without `execute`
   */
  onInvalidArguments?: 'report' | 'ask';
}

/** Definition of a tool, without its rendering. */
export type FunctionToolDefinition<InputSchema, OutputSchema> = FunctionToolOptions<InputSchema> & {
  /** Schema of the output. Outputs of the handler and of the user are validated against it. @default any output */
  outputSchema?: OutputSchema;
} & (
    | {
        /** Handles a call. Its result becomes the output. Without it, the user provides the output. */
        execute: (
          input: SchemaOutput<InputSchema>,
          context: ToolContext,
        ) => ToolOutputValue<OutputSchema> | Promise<ToolOutputValue<OutputSchema>>;
        /**
         * True, or a function that returns true, if the user must approve a call before it runs. A function that throws
         * counts as true, and its error is reported.
         *
         * @default false
         */
        needsApproval?: boolean | NeedsApproval<SchemaOutput<InputSchema>>;
        /**
         * False if the user must approve each call. Otherwise they may allow all calls of the tool, for one assistant in one
         * browser. `useAllowedTools` lists them.
         *
         * @default true
         */
        canAlwaysAllow?: boolean;
      }
    | { execute?: undefined; needsApproval?: false; canAlwaysAllow?: undefined }
  );

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Creates a tool: checks the definition and adds the defaults.
 *
 * @throws TypeError if the name is not a function name, or if `needsApproval` is set without `execute`
 */
export function createFunctionTool<
  const InputSchema extends ToolSchema = EmptyInputSchema,
  const OutputSchema extends ToolSchema | undefined = undefined,
>(
  definition: FunctionToolDefinition<InputSchema, OutputSchema>,
): FunctionTool<SchemaOutput<InputSchema>, ToolOutputValue<OutputSchema>> {
  const { execute, needsApproval = false, ...options } = definition;
  const { name } = options;
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new TypeError(
      `defineTool: '${name}' is not a function name. Use 1 to 64 letters, digits, underscores and hyphens.`,
    );
  }
  if (needsApproval !== false && execute === undefined) {
    throw new TypeError(
      `defineTool: '${name}' sets needsApproval, but has no execute that could be approved. Add execute, or remove needsApproval: without execute, the user provides the output.`,
    );
  }
  return {
    inputSchema: { type: 'object', properties: {} },
    timeoutMs: DEFAULT_TIMEOUT_MS,
    idempotent: false,
    concurrency: Infinity,
    onInvalidArguments: execute === undefined ? 'ask' : 'report',
    ...options,
    ...(execute && { execute }),
    needsApproval,
  };
}
