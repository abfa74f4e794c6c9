/**
 * Parses a JSON pointer into keys: `/a/b~1c` and the fragment `#/a/b~1c` give `['a', 'b/c']`. Returns an empty array for the
 * root. A percent sign that does not start an escape sequence is kept.
 */
export function parsePointer(pointer: string): string[] {
  const tokens = pointer.replace(/^#?\/?/, '');
  return tokens === '' ? [] : tokens.split('/').map(decodeToken);
}

function decodeToken(token: string): string {
  let decoded = token;
  try {
    decoded = decodeURIComponent(token);
  } catch {
    // Not a URI fragment.
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}
