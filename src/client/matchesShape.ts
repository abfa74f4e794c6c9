import { isRecord } from '../common/isRecord.js';
import {
  type FieldShapes,
  isListShape,
  matchesScalar,
  parseFieldKey,
  type Shape,
} from '../protocol/Shape.js';

/** Returns true if a value has a shape. */
export function matchesShape(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return matchesScalar(value, shape);
  if (isListShape(shape))
    return Array.isArray(value) && value.every((entry) => matchesShape(entry, shape[0]));
  return isRecord(value) && Object.keys(shape).every((key) => matchesField(value, shape, key));
}

function matchesField(object: Record<string, unknown>, shape: FieldShapes, key: string): boolean {
  const { name, isNullable, isOptional } = parseFieldKey(key);
  const value = object[name];
  const isAbsent = value === null ? isNullable : value === undefined && isOptional;
  return isAbsent || matchesShape(value, shape[key] ?? 'none');
}
