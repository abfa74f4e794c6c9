import { isRecord } from '../../../common/isRecord.js';

/** Parsed JSON object of a server. Its fields have unknown types. */
export type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields of an object; empty for any other value. */
export function toFields(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** Returns the items of an array; empty for any other value. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a string; empty for any other value. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Returns a non-negative integer; 0 for any other value. */
export function toCount(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? Math.round(value) : 0;
}
