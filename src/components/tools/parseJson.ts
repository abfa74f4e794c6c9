/** Result of `parseJson`. */
export type ParsedJson = { isValid: true; value: unknown } | { isValid: false; reason: string };

/** Parses JSON. Never throws. */
export function parseJson(text: string): ParsedJson {
  try {
    return { isValid: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { isValid: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * JSON that is nested deeper is not indented: its indentation grows with the square of the depth, and `JSON.stringify` is
 * recursive.
 */
const MAX_DEPTH = 64;

/** Returns true for JSON that is nested too deep to be indented. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Indents JSON. Returns a text that is not JSON, or is nested too deep, unchanged. */
export function indentJson(text: string): string {
  if (isTooDeep(text)) return text;
  const parsed = parseJson(text);
  return parsed.isValid ? JSON.stringify(parsed.value, null, 2) : text;
}
