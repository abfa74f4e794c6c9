/** Returns a text of the same length with small Latin letters. `toLowerCase` makes two characters of a Turkish İ. */
export function toLowerLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
