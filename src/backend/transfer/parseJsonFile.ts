import { isTooDeep } from './isTooDeep.js';
import { InputFault } from './TransferError.js';

/** Returns the values of a file: one of a JSON file, and one of each line of a JSONL file. @throws InputFault */
export function parseJsonFile(bytes: Uint8Array, path: string): unknown[] {
  const values = parseValues(bytes, path);
  if (values.some(isTooDeep))
    throw new InputFault('The JSON is nested too deeply.', 'Leave the file out.');
  return values;
}

function parseValues(bytes: Uint8Array, path: string): unknown[] {
  const text = decode(bytes).trim();
  if (text === '') throw new InputFault('The file is empty.');
  if (!/\.(?:jsonl|ndjson)$/i.test(path)) {
    try {
      return [JSON.parse(text)];
    } catch (error) {
      // A list with one object in each line often has the extension .json.
      if (!/^[^\n]*\}[ \t\r]*\n/.test(text)) throw createDamaged(error);
    }
  }
  return parseLines(text);
}

function parseLines(text: string): unknown[] {
  const values: unknown[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line));
    } catch (error) {
      throw createDamaged(error, ` in line ${index + 1}`);
    }
  }
  return values;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputFault('The file is not text in UTF-8.', 'Export it again.');
  }
}

function createDamaged(error: unknown, place = ''): InputFault {
  // The message of the engine quotes the text around the fault, which may be long.
  const reason = error instanceof Error ? error.message.slice(0, 120) : '';
  return new InputFault(
    `The JSON is damaged${place} (${reason}).`,
    'Export it again, or repair the file.',
  );
}
