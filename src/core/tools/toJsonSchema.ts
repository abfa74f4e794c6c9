import type { JsonSchema } from '../../protocol/ToolCall.js';
import { isStandardSchema, type StandardSchema, type ToolSchema } from './ToolSchema.js';

/**
 * Adds a JSON Schema to a schema of a library that does not convert its schemas itself.
 *
 * @example
 * ```ts
 * import { z } from 'zod';
 *
 * const schema = z.object({ city: z.string() });
 * const inputSchema = withJsonSchema(schema, z.toJSONSchema(schema));
 * ```
 */
export function withJsonSchema<Schema extends StandardSchema>(
  schema: Schema,
  jsonSchema: Record<string, unknown>,
): Schema {
  const convert = () => jsonSchema;
  const standard = { ...schema['~standard'], jsonSchema: { input: convert, output: convert } };
  // Inherits all members of the schema, so the result has its type.
  return Object.create(schema, { '~standard': { value: standard } }) as Schema;
}

/**
 * Converts a schema to JSON Schema, which models and forms need. Describes the values before any transform.
 *
 * @throws Error if the library of the schema does not convert it
 */
export function toJsonSchema(schema: ToolSchema): JsonSchema {
  if (!isStandardSchema(schema)) return schema;
  const { jsonSchema, vendor } = schema['~standard'];
  if (jsonSchema) return jsonSchema.input({ target: 'draft-2020-12' });
  throw new Error(
    `The ${vendor} schema does not convert to JSON Schema. Pass withJsonSchema(schema, jsonSchema) instead.`,
  );
}

/** Converts a schema to JSON Schema for a form. Returns undefined without a schema, and if it does not convert. */
export function toFormSchema(schema: ToolSchema | undefined): JsonSchema | undefined {
  try {
    return schema && toJsonSchema(schema);
  } catch {
    return undefined;
  }
}
