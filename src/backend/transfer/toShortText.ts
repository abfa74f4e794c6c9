/** Returns a value of the input for a message: shortened, and without characters that control a terminal. */
export function toShortText(value: unknown, fallback: string, maxLength = 200): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
  return text.slice(0, maxLength).replace(/\p{C}/gu, ' ');
}
