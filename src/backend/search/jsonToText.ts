import { createYielder } from '../../common/yieldToEventLoop.js';

/** Values below this depth are written as JSON. */
const MAX_DEPTH = 32;

/**
 * Converts JSON or JSON lines to text with one line per value, each with its path: `menu[0].tea: green`. Returns undefined if
 * the text is neither.
 */
export async function jsonToText(json: string): Promise<string | undefined> {
  const document = parseJson(json);
  if (document !== undefined) return joinLines(formatValue('', document.value, 0));
  const values = json
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseJson);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  const list = values.map((parsed) => parsed?.value);
  return joinLines(formatValue('', list, 0));
}

/** Returns the value in an object, because it may be null. Returns undefined for invalid JSON. */
function parseJson(json: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

function* formatValue(path: string, value: unknown, depth: number): Generator<string, void, void> {
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    yield path === '' ? text : `${path}: ${text}`;
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield* formatValue(`${path}[${index}]`, item, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value))
    yield* formatValue(path === '' ? key : `${path}.${key}`, item, depth + 1);
}

async function joinLines(lines: Iterable<string>): Promise<string> {
  const yieldIfDue = createYielder();
  const collected: string[] = [];
  for (const line of lines) {
    collected.push(line);
    await yieldIfDue();
  }
  return collected.join('\n');
}
