import { MAX_SECONDS } from './parseTime.js';

/**
 * Type of a field:
 * - 'text': a string.
 * - 'id': a string that is not empty. An object without it cannot be repaired.
 * - 'number': a finite number.
 * - 'time': whole seconds since 1970.
 * - 'map': an object with strings as values.
 * - 'none': no value, so that the field is null or missing.
 * - '=text': the string 'text'.
 */
export type ScalarShape = 'text' | 'id' | 'number' | 'time' | 'map' | 'none' | '=text';

/**
 * Fields of an object, by name. A name that ends with `|` may be null, and one that ends with `?` may also be missing. If the
 * shape of `type` is an object, it lists the further fields of each known type; other types have no further fields.
 */
export interface FieldShapes {
  readonly [name: string]: Shape;
}

/** Shape of a value: a scalar, a list of one kind of entry, or an object. */
export type Shape = ScalarShape | readonly [Shape] | FieldShapes;

const scalarChecks: Record<ScalarShape, (value: unknown) => boolean> = {
  text: isText,
  id: (value) => isText(value) && value !== '',
  number: Number.isFinite,
  time: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < MAX_SECONDS,
  map: isTextMap,
  none: () => false,
  '=text': (value) => value === 'text',
};

export function matchesScalar(value: unknown, shape: ScalarShape): boolean {
  return scalarChecks[shape](value);
}

export function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

export function isFieldShapes(shape: Shape): shape is FieldShapes {
  return typeof shape === 'object' && !isListShape(shape);
}

/** Splits a key of `FieldShapes` into the name of the field and its marks. Optional fields are also nullable. */
export function parseFieldKey(key: string): {
  name: string;
  isNullable: boolean;
  isOptional: boolean;
} {
  const name = key.replace(/[|?]$/, '');
  return { name, isNullable: name !== key, isOptional: key.endsWith('?') };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextMap(value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every(isText);
}
