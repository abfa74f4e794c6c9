/** The maximum length of a metadata value, in code points. */
const MAX_VALUE_LENGTH = 512;

/** Truncates a text to the maximum length of a metadata value. */
export function truncateMetadata(text: string): string {
  return Array.from(text.slice(0, 2 * MAX_VALUE_LENGTH))
    .slice(0, MAX_VALUE_LENGTH)
    .join('');
}
