import { parseArguments, parsePartialJson } from '../../protocol/toolArguments.js';

/** Arguments of a function call as the model wrote them: an object by its fields, another JSON value, or text that is none. */
export type ReadArguments =
  | { kind: 'fields'; fields: readonly (readonly [name: string, value: unknown])[]; json: string }
  | { kind: 'value'; value: unknown; json: string }
  | { kind: 'empty' }
  | { kind: 'malformed' | 'ambiguous'; text: string; detail: string };

/** Streamed arguments beyond this are not read again with every piece. */
const MAX_PARTIAL_LENGTH = 20_000;

/** JSON that nests deeper is shown as it was written: indented, it would grow with the square of its depth. */
const MAX_DEPTH = 64;

/** Reads arguments for showing. Malformed arguments are data like any other: nothing throws. */
export function readArguments(text: string, isPartial = false): ReadArguments {
  if (typeof text !== 'string' || text.trim() === '') return { kind: 'empty' };
  if (isPartial) {
    const partial = text.length > MAX_PARTIAL_LENGTH ? undefined : parsePartialJson(text);
    return partial === undefined
      ? { kind: 'malformed', text, detail: '' }
      : readValue(partial, text);
  }
  if (isTooDeep(text)) return { kind: 'value', value: text, json: text };
  const parsed = parseArguments(text);
  if ('value' in parsed) return readValue(parsed.value, text);
  return {
    kind: parsed.problem === 'malformed' ? 'malformed' : 'ambiguous',
    text,
    detail: parsed.detail,
  };
}

/** A value for showing, and the text it was read from. */
export function readValue(value: unknown, text: string): ReadArguments {
  if (isTooDeep(text)) return { kind: 'value', value, json: text };
  const json = JSON.stringify(value, null, 2);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'value', value, json };
  const fields = Object.entries(value);
  return fields.length === 0 ? { kind: 'empty' } : { kind: 'fields', fields, json };
}

/** JSON with its lines indented; text that is none, or nests too deep, as it is. */
export function indentedJson(text: string): string {
  if (isTooDeep(text)) return text;
  const checked = checkJson(text);
  return checked.isValid ? JSON.stringify(checked.value, null, 2) : text;
}

function isTooDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Whether text is JSON, and if not, why. */
export function checkJson(
  text: string,
): { isValid: true; value: unknown } | { isValid: false; reason: string } {
  try {
    return { isValid: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { isValid: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
