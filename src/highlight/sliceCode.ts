/** A slice has at most this many UTF-16 units: some grammars cost the square of it. */
const SLICE = 3_000;
/** Where at least this many stand before it, a slice ends at the first line that begins something. */
const LEAST = 1_500;

const BEGINNING = /\n\s*\n(?=[^\s})\]])/g;

/**
 * Cuts code into slices that are coloured one by one: behind a blank line before one that is not indented, else behind any
 * line. What spans two slices, such as a very long comment, may take the wrong colour in the second. Put together they are the
 * code; those of code that has grown keep their text but for the last.
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
