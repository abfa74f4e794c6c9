/**
 * Returns a part of a text, like `slice`, without the halves of surrogate pairs, such as emoji, that its ends would cut. The
 * positions are in UTF-16 units, from 0.
 */
export function sliceText(text: string, start: number, end: number): string {
  const isInPair = (index: number) => (text.codePointAt(index - 1) ?? 0) > 0xffff;
  return text.slice(isInPair(start) ? start + 1 : start, isInPair(end) ? end - 1 : end);
}
