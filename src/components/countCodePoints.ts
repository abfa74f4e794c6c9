/** Length of a text in code points, the unit of the API's limits. */
export function countCodePoints(text: string): number {
  // The second half of a surrogate pair is no character of its own.
  return text.replace(/[\udc00-\udfff]/g, '').length;
}
