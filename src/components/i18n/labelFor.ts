/**
 * Returns the text for a value of the API. The API may send values that this version does not know, so unknown and missing
 * values return `fallback`.
 */
export function labelFor(
  texts: Readonly<Record<string, string>>,
  value: string | undefined,
  fallback: string,
): string {
  return (
    (value !== undefined && Object.hasOwn(texts, value) ? texts[value] : undefined) ?? fallback
  );
}
