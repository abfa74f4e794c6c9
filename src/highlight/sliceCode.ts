/** Maximum length of a slice, in UTF-16 units. Limited because some grammars take quadratic time. */
const MAX_SLICE_LENGTH = 3_000;
/** From this length on, a slice ends before the next line that is not indented. */
const MIN_SLICE_LENGTH = 1_500;

const UNINDENTED_LINE = /\n\s*\n(?=[^\s})\]])/g;

/**
 * Splits code into slices that are highlighted one by one. A slice ends at a blank line before an unindented line, otherwise at
 * the end of any line. A token that spans two slices, such as a very long comment, may get the wrong colour in the second. The
 * joined slices equal the code. When code is appended, all slices but the last stay the same.
 */
export function sliceCode(code: string): string[] {
  const slices: string[] = [];
  let start = 0;
  while (code.length - start > MAX_SLICE_LENGTH) {
    const end = start + findSliceEnd(code.slice(start, start + MAX_SLICE_LENGTH));
    slices.push(code.slice(start, end));
    start = end;
  }
  slices.push(code.slice(start));
  return slices;
}

function findSliceEnd(slice: string): number {
  UNINDENTED_LINE.lastIndex = MIN_SLICE_LENGTH;
  const match = UNINDENTED_LINE.exec(slice);
  if (match !== null) return UNINDENTED_LINE.lastIndex;
  const line = slice.lastIndexOf('\n') + 1;
  return line > 0 ? line : slice.length;
}
