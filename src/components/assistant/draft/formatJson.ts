import { indentJson } from '../../tools/parseJson.js';

/** Formats a value as JSON with indentation. Returns an empty text for null, undefined and what JSON cannot represent. */
export function formatJson(value: unknown): string {
  if (value === null) return '';
  try {
    const text: string | undefined = JSON.stringify(value);
    return text === undefined ? '' : indentJson(text);
  } catch {
    return '';
  }
}
