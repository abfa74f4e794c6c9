import { isRecord } from './isRecord.js';

/** Returns the fields of a parsed JSON object. Empty for any other value. */
export function toFields(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
