/** Arguments of a function call as the model wrote them: an object by its fields, another JSON value, or text that is none. */
export type ReadArguments =
  | { kind: 'fields'; fields: readonly (readonly [name: string, value: unknown])[]; json: string }
  | { kind: 'value'; value: unknown; json: string }
  | { kind: 'empty' }
  | { kind: 'malformed'; text: string };

/** Reads arguments for showing. Malformed arguments are data like any other: nothing throws. */
export function readArguments(text: string): ReadArguments {
  if (typeof text !== 'string' || text.trim() === '') return { kind: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'malformed', text };
  }
  const json = JSON.stringify(value, null, 2);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'value', value, json };
  const fields = Object.entries(value);
  return fields.length === 0 ? { kind: 'empty' } : { kind: 'fields', fields, json };
}

/** Whether text is JSON, and if not, why. */
export function checkJson(text: string): { isValid: true } | { isValid: false; reason: string } {
  try {
    JSON.parse(text);
    return { isValid: true };
  } catch (error) {
    return { isValid: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
