import { describeCheckFailure } from '../../common/jsonSchema/describeCheckFailure.js';
import { toJsonValue } from '../../common/jsonSchema/toJsonValue.js';
import { parsePointer } from '../../common/parsePointer.js';
import type { JsonSchema, SchemaIssue } from '../../protocol/ToolCall.js';
import { isStandardSchema, type StandardIssue, type ToolSchema } from './ToolSchema.js';

/**
 * Validates a value against a schema, and transforms it if the schema does. Returns no issues without a schema. Never rejects:
 * an exception of the validator becomes an issue.
 */
export async function validateValue(
  schema: ToolSchema | undefined,
  value: unknown,
): Promise<{ value: unknown; issues: readonly SchemaIssue[] }> {
  if (!schema) return { value, issues: [] };
  try {
    if (!isStandardSchema(schema)) return { value, issues: await findIssues(schema, value) };
    const result = await schema['~standard'].validate(value);
    return result.issues
      ? { value, issues: result.issues.map(toSchemaIssue) }
      : { value: result.value, issues: [] };
  } catch (error) {
    return { value, issues: [{ message: describeCheckFailure(error), path: [] }] };
  }
}

/** Loads the validator with the first JSON Schema. */
async function findIssues(schema: JsonSchema, value: unknown): Promise<SchemaIssue[]> {
  const { createSchemaValidator } =
    await import('../../common/jsonSchema/createSchemaValidator.js');
  const { validate } = await createSchemaValidator(schema);
  return validate(toJsonValue(value)).map(({ error, instanceLocation }) => ({
    message: error,
    path: parsePointer(instanceLocation),
  }));
}

function toSchemaIssue({ message, path = [] }: StandardIssue): SchemaIssue {
  return {
    message,
    path: path.map((segment) => {
      const key = typeof segment === 'object' ? segment.key : segment;
      return typeof key === 'number' ? key : String(key);
    }),
  };
}
