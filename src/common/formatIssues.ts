/** Formats validation issues as one line of text, each with its path: `address.city: Fill this in. seats: Too many.` */
export function formatIssues(
  issues: readonly { message: string; path: readonly (string | number)[] }[],
): string {
  return issues
    .map(({ message, path }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join(' ');
}
