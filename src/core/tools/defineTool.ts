import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { AssistantTool } from '../../protocol/types.js';
import type { ReactNode } from 'react';
import type { FromJsonSchema, JsonSchema } from './fromJsonSchema.js';
import {
  jsonSchemaOf,
  type SchemaInput,
  type SchemaOutput,
  type StandardSchema,
  type ToolSchema,
} from './schema.js';
import type { ToolCall } from './toolCall.js';

/** What a handler knows besides its input. */
export interface ToolContext {
  readonly threadId: string;
  readonly runId: string;
  readonly callId: string;
  /** Aborted when the time is up, the call is denied, or the run no longer waits for it. */
  readonly signal: AbortSignal;
  readonly client: AssistantsClient;
  /**
   * Asks the person something before the handler goes on; the answer fits the schema. The time of the handler stands still
   * meanwhile.
   * @throws AssistantsError kind 'aborted', with the signal
   */
  readonly ask: <const Schema extends ToolSchema>(
    schema: Schema,
    question?: string,
  ) => Promise<SchemaOutput<Schema>>;
}

/** What `render` is given: a call of the tool, and what a person can do about it. */
export interface ToolRenderProps<Input = unknown, Output = unknown> {
  call: ToolCall;
  /** As it runs, or ran: read and checked. Undefined while it streams, or when it does not fit the parameters. */
  input: Input | undefined;
  /** What can be read of the arguments so far; nothing has checked it. */
  partialInput: unknown;
  /** Gives the result of a call that waits for a person, or instead of running it. */
  provide: (output: Output) => void;
  approve: () => void;
  deny: (reason: string) => void;
  /** What would be shown without `render`; null where that is nothing. */
  children: ReactNode;
}

/** A function that a model may call. Made by `defineTool`. */
export interface Tool<Input = unknown, Output = unknown> {
  readonly name: string;
  readonly description?: string | undefined;
  readonly parameters: ToolSchema;
  readonly output?: ToolSchema | undefined;
  readonly run: 'auto' | 'confirm' | 'human';
  readonly timeoutMs: number;
  readonly idempotent: boolean;
  readonly concurrency: number;
  readonly onInvalidArguments: 'report' | 'ask';
  // Methods, since a list holds tools of all kinds and each is only ever given what its own schema let in.
  execute?(input: Input, context: ToolContext): Output | Promise<Output>;
  render?(props: ToolRenderProps<Input, Output>): ReactNode;
}

/** What a handler of a tool receives. */
export type ToolInput<Of> = Of extends Tool<infer Input, infer _> ? Input : never;
/** What a handler returns, or a person provides. */
export type ToolValue<Of> = Of extends Tool<infer _, infer Output> ? Output : never;

type ResultOf<Output> = Output extends ToolSchema ? SchemaInput<Output> : unknown;

interface ToolDetails<Parameters, Output> {
  /** As the model calls it: 1 to 64 of A-Z, a-z, 0-9, `_` and `-`. */
  name: string;
  /** For the model. */
  description?: string;
  /** What the function takes. @default an object without fields */
  parameters?: Parameters;
  /** What it returns; handlers and people are held to it. @default anything */
  output?: Output;
  /** How long a handler may take, in milliseconds; then the model is told so. @default 60,000 */
  timeoutMs?: number;
  /** Whether running it twice is as good as once. Only then a call of an earlier page runs again by itself. @default false */
  idempotent?: boolean;
  /** How many of its calls run at the same time. @default Infinity */
  concurrency?: number;
  /**
   * Arguments that are no JSON, name a field twice, or do not fit the parameters: 'report' them to the model as
   * `invalid_arguments`, or 'ask' the person.
   * @default 'report', and 'ask' for a tool that is run by a person
   */
  onInvalidArguments?: 'report' | 'ask';
  /** Shows a call in place of our card. */
  render?: (props: ToolRenderProps<SchemaOutput<Parameters>, ResultOf<Output>>) => ReactNode;
}

/** 'auto' runs at once, 'confirm' when the person approves, 'human' has no handler: a person gives the result. */
export type ToolDefinition<Parameters, Output> = ToolDetails<Parameters, Output> &
  (
    | { run: 'human'; execute?: never }
    | {
        run: 'auto' | 'confirm';
        execute: (
          input: SchemaOutput<Parameters>,
          context: ToolContext,
        ) => ResultOf<Output> | Promise<ResultOf<Output>>;
      }
  );

interface NoParameters extends JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<never, never>>;
}

/**
 * A function that a model may call, with the types of its input and output taken from their schemas: any Standard Schema,
 * or JSON Schema.
 * @throws TypeError when the name is not one
 */
export function defineTool<
  const Parameters extends ToolSchema = NoParameters,
  const Output extends ToolSchema | undefined = undefined,
>(
  definition: ToolDefinition<Parameters, Output>,
): Tool<SchemaOutput<Parameters>, ResultOf<Output>> {
  const { name, run } = definition;
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new TypeError(
      `defineTool: '${name}' is no name of a function. Use 1 to 64 of A-Z, a-z, 0-9, _ and -.`,
    );
  }
  return {
    parameters: { type: 'object', properties: {} },
    timeoutMs: 60_000,
    idempotent: false,
    concurrency: Infinity,
    onInvalidArguments: run === 'human' ? 'ask' : 'report',
    ...definition,
  };
}

/**
 * Tools as an assistant or a run takes them.
 * @throws Error when two have one name, or a schema does not convert to JSON Schema
 */
export function toAssistantTools(tools: readonly Tool[]): AssistantTool[] {
  const names = new Set(tools.map(({ name }) => name));
  if (names.size < tools.length) throw new Error('toAssistantTools: two tools have one name.');
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: {
      name,
      ...(description !== undefined && { description }),
      parameters: { ...jsonSchemaOf(parameters) },
    },
  }));
}

export type { FromJsonSchema, JsonSchema, StandardSchema };
