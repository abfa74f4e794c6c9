/** Maximum length of a slice, in UTF-16 units, because some grammars take quadratic time. */
const SLICE = 3_000;
/** From this length on, a slice ends before the next line that is not indented. */
const LEAST = 1_500;

const BEGINNING = /\n\s*\n(?=[^\s})\]])/g;

/**
 * Splits code into slices that are highlighted one by one: after a blank line before one that is not indented, else after any
 * line. A token that spans two slices, such as a very long comment, may get the wrong colour in the second. Joined, the slices are
 * the code. If code grows, all but the last slice stay the same.
 */
export function sliceCode(code: string): string[] {
  const slices: string[] = [];
  let start = 0;
  while (code.length - start > SLICE) {
    const end = start + endOf(code.slice(start, start + SLICE));
    slices.push(code.slice(start, end));
    start = end;
  }
  slices.push(code.slice(start));
  return slices;
}

function endOf(slice: string): number {
  BEGINNING.lastIndex = LEAST;
  const match = BEGINNING.exec(slice);
  if (match !== null) return BEGINNING.lastIndex;
  const line = slice.lastIndexOf('\n') + 1;
  return line > 0 ? line : slice.length;
}
