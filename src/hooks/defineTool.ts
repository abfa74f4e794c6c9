import type { ReactNode } from 'react';
import {
  createFunctionTool,
  type EmptyInputSchema,
  type FunctionToolDefinition,
  type ToolOutputValue,
} from '../core/tools/createFunctionTool.js';
import type { FunctionTool } from '../core/tools/FunctionTool.js';
import type { SchemaOutput, ToolSchema } from '../core/tools/ToolSchema.js';
import type { ToolCall } from '../protocol/ToolCall.js';

/** Props of the `render` function of a tool. */
export interface ToolRenderProps<Input = unknown, Output = unknown> {
  call: ToolCall;
  /** Parsed and validated arguments. Undefined while they stream, and if they are invalid. */
  input: Input | undefined;
  /** The part of the arguments that has streamed so far, parsed but not validated. */
  partialInput: unknown;
  /** Sets the output of a call that waits for the user, also instead of running it. */
  provide: (output: Output) => void;
  /** Runs a call that needs approval. */
  approve: () => void;
  /** Denies the call. The output reports the reason to the model. */
  deny: (reason: string) => void;
  /** Default rendering of the call. Null for a call that is not shown by default. */
  children: ReactNode;
}

/** A function that the model may call. Created by `defineTool`. */
export interface Tool<Input = unknown, Output = unknown> extends FunctionTool<Input, Output> {
  /** Shown beside the title of a call. Decorative. */
  readonly icon?: ReactNode;
  /** A method, whose parameters are bivariant, so that a list can hold tools with different inputs. */
  render?(props: ToolRenderProps<Input, Output>): ReactNode;
}

/** Argument of `defineTool`. */
export type ToolDefinition<InputSchema, OutputSchema> = FunctionToolDefinition<
  InputSchema,
  OutputSchema
> & {
  /** Shown beside the title of a call, such as `<Mail size={16} />`. Decorative. @default a wrench */
  icon?: ReactNode;
  /** Renders a call in place of the default card. May use hooks. */
  render?: (
    props: ToolRenderProps<SchemaOutput<InputSchema>, ToolOutputValue<OutputSchema>>,
  ) => ReactNode;
};

/**
 * Defines a function that the model may call. Types of input and output follow from the schemas, which are Standard Schemas
 * (Zod, Valibot, ArkType) or JSON Schemas. A tool without `execute` is answered by the user.
 *
 * @throws TypeError if the name is not a function name, or if `needsApproval` is set without `execute`
 *
 * @example
 * ```ts
 * import { defineTool } from 'assistants-react';
 *
 * export const sendMail = defineTool({
 *   name: 'send_mail',
 *   title: 'Send an email',
 *   description: 'Sends an email on your behalf.',
 *   inputSchema: {
 *     type: 'object',
 *     properties: { to: { type: 'string' }, text: { type: 'string' } },
 *     required: ['to', 'text'],
 *   },
 *   needsApproval: ({ to }) => !to.endsWith('@example.org'),
 *   execute: async ({ to }) => `Sent to ${to}.`,
 * });
 * ```
 */
export function defineTool<
  const InputSchema extends ToolSchema = EmptyInputSchema,
  const OutputSchema extends ToolSchema | undefined = undefined,
>(
  definition: ToolDefinition<InputSchema, OutputSchema>,
): Tool<SchemaOutput<InputSchema>, ToolOutputValue<OutputSchema>> {
  const { render, icon } = definition;
  return {
    ...createFunctionTool(definition),
    ...(icon !== undefined && { icon }),
    ...(render && { render }),
  };
}
