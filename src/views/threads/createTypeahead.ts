import { foldText } from '../../common/foldText.js';

/** Time after which the next letter begins a new search. */
const RESET_MS = 700;

/** Finds entries by the letters that the user types. */
export interface Typeahead {
  /**
   * Returns the index of the entry that the letters typed so far lead to, or -1. The search starts at the current
   * entry, and after it for the first letter, so that repeating a letter steps through the entries that begin with it.
   *
   * @param timeMs Time of the key in milliseconds, such as `event.timeStamp`.
   */
  find: (key: string, timeMs: number, labels: readonly string[], currentIndex: number) => number;
}

/** Creates the search of a menu or a list by its first letters, without case and accents. */
export function createTypeahead(): Typeahead {
  let typed = '';
  let lastMs = -Infinity;
  return {
    find(key, timeMs, labels, currentIndex) {
      typed = timeMs - lastMs > RESET_MS ? foldText(key) : typed + foldText(key);
      lastMs = timeMs;
      const isRepeated = typed === typed.charAt(0).repeat(typed.length);
      const words = isRepeated ? typed.charAt(0) : typed;
      const start = currentIndex + (isRepeated ? 1 : 0);
      const indexes = labels.map((_, offset) => (start + offset + labels.length) % labels.length);
      return (
        indexes.find((index) =>
          foldText(labels[index] ?? '')
            .trim()
            .startsWith(words),
        ) ?? -1
      );
    },
  };
}

/** Returns true for keys that write a letter, unless they belong to a shortcut. */
export function isLetterKey({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return Array.from(key).length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
