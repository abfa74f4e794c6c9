import type { JsonSchema } from '../../protocol/ToolCall.js';
import type { FromJsonSchema } from './FromJsonSchema.js';

/** A schema of any library that implements https://standardschema.dev, such as Zod, Valibot or ArkType. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    /** Converts the schema to JSON Schema. Zod has it since version 4.2; for other libraries, see `withJsonSchema`. */
    readonly jsonSchema?: JsonSchemaConverter | undefined;
  };
}

interface JsonSchemaConverter {
  readonly input: (options: { target: 'draft-2020-12' }) => Record<string, unknown>;
  readonly output: (options: { target: 'draft-2020-12' }) => Record<string, unknown>;
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** An issue that a Standard Schema reports. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Schema of the input or output of a tool: a Standard Schema or a JSON Schema. */
export type ToolSchema = StandardSchema | JsonSchema;

/** Type of the values that a schema accepts, before any transform. */
export type SchemaInput<Schema> =
  Schema extends StandardSchema<infer Input, unknown> ? Input : FromJsonSchema<Schema>;

/** Type of the values that validation returns, after any transform. JSON Schema does not transform values. */
export type SchemaOutput<Schema> =
  Schema extends StandardSchema<unknown, infer Output> ? Output : FromJsonSchema<Schema>;

/** Returns true for a Standard Schema, and false for a JSON Schema. */
export function isStandardSchema(schema: ToolSchema): schema is StandardSchema {
  return '~standard' in schema;
}
