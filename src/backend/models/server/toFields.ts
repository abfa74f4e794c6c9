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

const MAX_TEXT_DEPTH = 8;

/**
 * Returns the text in any of the forms that servers use: a text, a part such as `{text}` or `{text: {value}}`, or a
 * list of these.
 */
export function toJoinedText(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (depth > MAX_TEXT_DEPTH) return '';
  if (Array.isArray(value)) return value.map((item) => toJoinedText(item, depth + 1)).join('');
  const { text, value: inner, content, refusal } = toFields(value);
  return toJoinedText(text ?? inner ?? content ?? refusal ?? [], depth + 1);
}

/** Returns a non-negative integer; 0 for any other value. */
export function toCount(value: unknown): number {
  const count = typeof value === 'number' ? Math.round(value) : 0;
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
}

/** Returns true for a value with any text, number or `true` in it. Some servers add an error without one to each event. */
export function hasValue(value: unknown): boolean {
  return isRecord(value) ? Object.values(value).some(hasValue) : Boolean(value);
}

/** Returns the choices of a chunk. Some servers send one choice in place of a list. */
export function toChoices(choices: unknown): Fields[] {
  return (isRecord(choices) ? [choices] : toList(choices)).map(toFields);
}
