/**
 * The beginning of a text that others wrote, where a line is all there is room for: a name, a title, a reason.
 * @param max In UTF-16 units. @default 300, which no real name reaches
 */
export function truncate(text: string, max = 300): string {
  if (text.length <= max) return text;
  // Half a surrogate pair is no text.
  return `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…`;
}
