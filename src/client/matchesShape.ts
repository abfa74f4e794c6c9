import { isRecord } from '../common/isRecord.js';
import { MAX_SECONDS } from '../protocol/parseTime.js';
import type { FieldShapes, ScalarShape, Shape } from '../protocol/plainShapes.js';

const scalarChecks: Record<ScalarShape, (value: unknown) => boolean> = {
  text: isText,
  id: (value) => isText(value) && value !== '',
  number: Number.isFinite,
  time: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < MAX_SECONDS,
  map: (value) => isRecord(value) && Object.values(value).every(isText),
  none: () => false,
  '=text': (value) => value === 'text',
};

/** Returns true if a value has a shape. */
export function matchesShape(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return scalarChecks[shape](value);
  if (isListShape(shape))
    return Array.isArray(value) && value.every((entry) => matchesShape(entry, shape[0]));
  return isRecord(value) && Object.keys(shape).every((key) => matchesField(value, shape, key));
}

function matchesField(object: Record<string, unknown>, shape: FieldShapes, key: string): boolean {
  const [name = '', mark] = key.split(/(?=\W)/);
  const value = object[name];
  const isAbsent = value === null || (value === undefined && mark === '?');
  return (mark !== undefined && isAbsent) || matchesShape(value, shape[key] ?? 'none');
}

export function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
