import { isRecord } from '../common/isRecord.js';
import type { JsonSchema } from '../protocol/ToolCall.js';

/**
 * Sets the defaults of properties without one: the constant of a required one, null for a required one that may be null,
 * because an empty field stands for it, and undefined for an optional tuple, which would get empty items otherwise.
 * Removes a default that the schema does not accept.
 */
export function setDefaults(schema: JsonSchema): JsonSchema {
  const { properties } = schema;
  if (!isRecord(properties)) return removeWrongDefault(schema);
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const entries = Object.entries(properties).map(([name, property]) => {
    if (!isRecord(property) || 'default' in property) return [name, property] as const;
    return [name, setDefault(property, required.includes(name))] as const;
  });
  return { ...removeWrongDefault(schema), properties: Object.fromEntries(entries) };
}

function setDefault(property: JsonSchema, isRequired: boolean): JsonSchema {
  const found = findConstant(property);
  if (isRequired && acceptsNull(property)) return { ...property, default: null };
  if (found && isRequired) return { ...property, default: found.constant };
  if (!isRequired && Array.isArray(property['items'])) return { ...property, default: undefined };
  return property;
}

/** Returns the only value that a schema accepts. */
export function findConstant(schema: unknown): { constant: unknown } | undefined {
  if (!isRecord(schema)) return undefined;
  if ('const' in schema) return { constant: schema['const'] };
  const { enum: values } = schema;
  return Array.isArray(values) && values.length === 1 ? { constant: values[0] } : undefined;
}

/** Returns true for a schema of a value that may be null. */
export function acceptsNull(schema: unknown): schema is JsonSchema {
  if (!isRecord(schema)) return false;
  const { type, enum: values, anyOf = schema['oneOf'] } = schema;
  if (Array.isArray(type)) return type.includes('null');
  if (type === undefined && Array.isArray(values)) return values.includes(null);
  return (
    Array.isArray(anyOf) && anyOf.some((option) => isRecord(option) && option['type'] === 'null')
  );
}

/** Removes a default of another type, and one that is not a choice: no control would show it. */
function removeWrongDefault(schema: JsonSchema): JsonSchema {
  const { default: initial, ...rest } = schema;
  if (initial === undefined || (initial === null && acceptsNull(schema))) return schema;
  const { type, enum: values } = schema;
  const isOfType = typeof type !== 'string' || matchesType(initial, type);
  const isScalar = typeof initial !== 'object' || initial === null;
  const isChoice = !isScalar || !Array.isArray(values) || values.includes(initial);
  return isOfType && isChoice ? schema : rest;
}

function matchesType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
