/**
 * Shortens an untrusted text for a place with room for one line, such as a name, a title or a reason. Shortened texts end in
 * an ellipsis.
 *
 * @param maxLength Limit in UTF-16 units. @default 300, which real names do not reach
 */
export function truncate(text: string, maxLength = 300): string {
  if (text.length <= maxLength) return text;
  // Removes the first half of a surrogate pair that the limit has cut.
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}
