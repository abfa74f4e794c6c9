import { createYielder } from '../../common/yieldToEventLoop.js';

/** Deeper than this, a value is written as JSON. */
const MAX_DEPTH = 32;

/**
 * JSON as text, a line a value, each with its path: `menu[0].tea: green`. Takes JSON lines too. Undefined when it is
 * neither.
 */
export async function jsonText(json: string): Promise<string | undefined> {
  const whole = parse(json);
  if (whole !== undefined) return joined(lines('', whole.value, 0));
  const values = json
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return joined(
    lines(
      '',
      values.map((parsed) => parsed?.value),
      0,
    ),
  );
}

function parse(json: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return undefined;
  }
}

function* lines(path: string, value: unknown, depth: number): Generator<string, void, void> {
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    yield path === '' ? text : `${path}: ${text}`;
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* lines(`${path}[${index}]`, item, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value))
    yield* lines(path === '' ? key : `${path}.${key}`, item, depth + 1);
}

async function joined(all: Iterable<string>): Promise<string> {
  const pause = createYielder();
  const read: string[] = [];
  for (const line of all) {
    read.push(line);
    await pause();
  }
  return read.join('\n');
}
