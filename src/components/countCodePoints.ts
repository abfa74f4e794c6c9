/** Returns the length of a text in code points, the unit of the limits of the API. */
export function countCodePoints(text: string): number {
  // A surrogate pair is one code point, so its second half does not count.
  return text.replace(/[\udc00-\udfff]/g, '').length;
}
