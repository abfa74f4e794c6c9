/** The text for a word of the wire, which may be one that nobody knew when the texts were written. */
export function labelFor(
  texts: Readonly<Record<string, string>>,
  word: string | undefined,
  other: string,
): string {
  return (word !== undefined && Object.hasOwn(texts, word) ? texts[word] : undefined) ?? other;
}
