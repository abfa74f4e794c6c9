/** Returns a function that replaces the given secrets, and text that looks like an API key, by `***`. */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  // Longest first, so that a secret that contains another one is replaced as a whole. Very short values match ordinary text.
  const sorted = secrets
    .filter((secret) => secret.length >= 4)
    .toSorted((one, other) => other.length - one.length);
  return (text) =>
    sorted
      .reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text)
      .replace(/\b(?:sk|pk|gsk|key)-[\w*-]{4,}|\bBearer\s+[^\s"']+/g, '***');
}
