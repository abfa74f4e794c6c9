import { parsePointer } from '../parsePointer.js';

/** Returns an own member of an object or array, or undefined. Ignores inherited members, such as `constructor`. */
export function getOwn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

/**
 * Returns the part of a schema that a reference of the form `#/…` points to. Undefined for other references, and if it
 * is missing.
 */
export function resolveReference(root: unknown, reference: string): unknown {
  return reference.startsWith('#') ? parsePointer(reference).reduce(getOwn, root) : undefined;
}
