import { readSessionText, writeSessionText } from './sessionText.js';

/**
 * Reads a list that an earlier page of this tab has stored under a name. Returns an empty list without an entry. Entries and
 * items that the guard rejects are removed from the storage: other code, other versions and extensions write there, too.
 */
export function readSessionList<Item>(
  name: string,
  isItem: (value: unknown) => value is Item,
): Item[] {
  const text = readSessionText(name);
  if (text === undefined) return [];
  const values = parseList(text);
  const items = values.filter(isItem);
  if (items.length === 0 || items.length < values.length) writeSessionList(name, items);
  return items;
}

/** Stores a list for the next page of this tab. An empty list removes the entry. */
export function writeSessionList(name: string, items: readonly unknown[]): void {
  writeSessionText(name, items.length === 0 ? undefined : JSON.stringify(items));
}

function parseList(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
