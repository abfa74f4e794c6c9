import { measureJson } from '../../common/measureJson.js';
import type { TextWriter } from './createTextWriter.js';
import type { FileLimits } from './fileLimits.js';

/** Values below this depth are written as JSON. */
const MAX_DEPTH = 32;
/** Text that is written at once, in UTF-16 units. */
const BATCH_LENGTH = 65_536;

/**
 * Converts JSON or JSON lines to text with one line per value, each with its path: `menu[0].tea: green`. Returns undefined if
 * the text is neither, or exceeds a limit.
 */
export function parseJsonFile(json: string, limits: FileLimits): { value: unknown } | undefined {
  // Counted before parsing, because objects take many times the memory of their text.
  const isMeasured = measureJson(json, { depth: limits.jsonDepth, values: limits.jsonValues });
  if (isMeasured !== undefined) return undefined;
  const document = parseJson(json);
  if (document !== undefined) return document;
  const values: unknown[] = [];
  for (const line of listLines(json)) {
    const parsed = parseJson(line);
    if (parsed === undefined || values.length >= limits.jsonValues) return undefined;
    values.push(parsed.value);
  }
  return values.length === 0 ? undefined : { value: values };
}

/** Writes a parsed document. */
export async function jsonToText(value: unknown, writer: TextWriter): Promise<void> {
  let batch: string[] = [];
  let length = 0;
  for (const line of formatValue('', value, 0)) {
    batch.push(line);
    length += line.length + 1;
    if (length < BATCH_LENGTH) continue;
    if (!(await writer.write(`${batch.join('\n')}\n`))) return;
    batch = [];
    length = 0;
  }
  await writer.write(batch.join('\n'));
}

/** Yields the lines that are not blank. */
function* listLines(text: string): Generator<string, void, void> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, end);
    if (line.trim() !== '') yield line;
    start = end + 1;
  }
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
