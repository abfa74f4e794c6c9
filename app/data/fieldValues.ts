import type { ActionField } from './Resource.js';

/** Returns the text of a value in a field. */
export function formatValue({ kind }: ActionField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'json') return JSON.stringify(value, null, 2);
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : '';
  if (kind === 'map') {
    return Object.entries(Object(value) as Record<string, unknown>)
      .map(([name, entry]) => `${name}: ${String(entry)}`)
      .join('\n');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Returns the value of a field. Undefined for an empty one, which leaves it out of the body.
 *
 * @throws Error that names the field
 */
export function parseValue(field: ActionField, value: FormDataEntryValue | null): unknown {
  if (value instanceof File) return value;
  const text = (value ?? '').trim();
  switch (field.kind) {
    case 'lines':
      return text === '' ? undefined : text.split('\n').map((line) => line.trim());
    case 'map':
      return Object.fromEntries(text.split('\n').filter(Boolean).map(parseEntry));
    case 'json':
      return parseJson(field.label, text);
    default:
      return text === '' ? undefined : text;
  }
}

function parseEntry(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon < 1) throw new Error(`“${line}” has no name. Write it as name: value.`);
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function parseJson(label: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${label} is not JSON: ${String(error)}`, { cause: error });
  }
}
