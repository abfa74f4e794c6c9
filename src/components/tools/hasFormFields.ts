import { isRecord } from '../../common/isRecord.js';
import type { JsonSchema } from '../../protocol/ToolCall.js';

const FIELD_KEYWORDS = ['$ref', 'allOf', 'anyOf', 'oneOf', 'enum', 'const', 'items', 'prefixItems'];

/** Returns false if a form would be empty: without a schema, for a value of any type, and for an object without fields. */
export function hasFormFields(schema: JsonSchema | undefined): schema is JsonSchema {
  if (schema === undefined) return false;
  const { type, properties, additionalProperties, patternProperties } = schema;
  if (type !== undefined && type !== 'object') return true;
  const isEmpty = !isRecord(properties) || Object.keys(properties).length === 0;
  const isClosed = !isRecord(additionalProperties) && additionalProperties !== true;
  const hasOtherFields = FIELD_KEYWORDS.some((keyword) => keyword in schema);
  return !isEmpty || !isClosed || hasOtherFields || patternProperties !== undefined;
}
