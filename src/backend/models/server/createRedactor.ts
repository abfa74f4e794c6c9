const MIN_SECRET_LENGTH = 4;

/**
 * Returns a function that replaces the given secrets, and text that looks like an API key, by `***`. With `withParts` it also
 * replaces parts of a secret, because servers quote the first and last characters of a key that they reject.
 */
export function createRedactor(
  secrets: readonly string[],
): (text: string, withParts?: boolean) => string {
  // Longest first, so that a secret that contains another one is replaced as a whole. Very short values match ordinary text.
  const sorted = secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .toSorted((one, other) => other.length - one.length);
  const isPart = (word: string) =>
    word.length >= MIN_SECRET_LENGTH && sorted.some((secret) => secret.includes(word));
  return (text, withParts = false) => {
    const redacted = sorted
      .reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
      .replace(/\b(?:sk|pk|gsk|key)-[\w*-]{4,}|\bBearer\s+[^\s"']+/g, '***');
    if (!withParts) return redacted;
    return redacted
      .replace(/[\w-]*(?:\*|\.){3,}[\w-]*/g, '***')
      .replace(/[\w-]+/g, (word) => (isPart(word) ? '***' : word));
  };
}
