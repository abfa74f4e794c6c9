import { parseArguments, parsePartialJson } from '../../protocol/toolArguments.js';
import { isTooDeep } from './parseJson.js';

/** Arguments or an output, prepared for display. */
export type DisplayValue =
  /** An object: its fields, and all of it as indented JSON. */
  | { kind: 'fields'; fields: readonly (readonly [name: string, value: unknown])[]; json: string }
  /** Another JSON value. */
  | { kind: 'value'; value: unknown; json: string }
  | { kind: 'empty' }
  /** A text that is not JSON, or that parsers read in different ways. */
  | { kind: 'malformed' | 'ambiguous'; text: string; detail: string };

/** Longer arguments are not parsed again with every delta. In UTF-16 units. */
const MAX_PARTIAL_LENGTH = 20_000;

/**
 * Parses arguments for display. Never throws.
 *
 * @param isPartial True while the arguments stream.
 */
export function readArguments(text: string, isPartial = false): DisplayValue {
  // The text comes from a server, which may leave it out.
  if (typeof text !== 'string' || text.trim() === '') return { kind: 'empty' };
  if (isPartial) {
    const partial = text.length > MAX_PARTIAL_LENGTH ? undefined : parsePartialJson(text);
    if (partial === undefined) return { kind: 'malformed', text, detail: '' };
    return toDisplayValue(partial, text);
  }
  if (isTooDeep(text)) return { kind: 'value', value: text, json: text };
  const parsed = parseArguments(text);
  if ('value' in parsed) return toDisplayValue(parsed.value, text);
  const kind = parsed.problem === 'malformed' ? 'malformed' : 'ambiguous';
  return { kind, text, detail: parsed.detail };
}

/** Prepares a value for display. `text` is the JSON that it was parsed from. */
export function toDisplayValue(value: unknown, text: string): DisplayValue {
  if (isTooDeep(text)) return { kind: 'value', value, json: text };
  const json = JSON.stringify(value, null, 2);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'value', value, json };
  const fields = Object.entries(value);
  return fields.length === 0 ? { kind: 'empty' } : { kind: 'fields', fields, json };
}
