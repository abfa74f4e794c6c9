import { isRecord } from '../../common/isRecord.js';
import type { JsonSchema } from '../../protocol/ToolCall.js';

/** Returns false if a form would be empty: without a schema, and for an object without fields. */
export function hasFormFields(schema: JsonSchema | undefined): schema is JsonSchema {
  if (schema === undefined) return false;
  const { type, properties, additionalProperties, patternProperties } = schema;
  if (type !== 'object') return true;
  const isEmpty = !isRecord(properties) || Object.keys(properties).length === 0;
  const isClosed = !isRecord(additionalProperties) && additionalProperties !== true;
  const hasAlternatives = ['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema);
  return !isEmpty || !isClosed || hasAlternatives || patternProperties !== undefined;
}
