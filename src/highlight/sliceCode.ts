/** Maximum length of a slice, in UTF-16 units, because some grammars take quadratic time. */
const MAX_SLICE_LENGTH = 3_000;

/** Maximum lengths for grammars that take several times as long on some code, such as many opening brackets. */
const MAX_SLICE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['c', 1_000],
  ['cpp', 1_000],
  ['csharp', 1_000],
]);

const UNINDENTED_LINE = /\n\s*\n(?=[^\s})\]])/g;

/**
 * Splits code into slices that are highlighted one by one. A slice ends at a blank line before an unindented line, otherwise at
 * the end of any line. A token that spans two slices, such as a very long comment, may get the wrong colour in the second. The
 * joined slices equal the code. When code is appended, all slices but the last stay the same, and no line but an unfinished one
 * moves to another slice.
 *
 * @param grammar Name of the grammar of the code.
 */
export function sliceCode(code: string, grammar?: string): string[] {
  const maxLength = MAX_SLICE_LENGTHS.get(grammar ?? '') ?? MAX_SLICE_LENGTH;
  const slices: string[] = [];
  let start = 0;
  let length: number | undefined;
  do {
    length = findSliceLength(code.slice(start, start + maxLength + 1), maxLength);
    slices.push(code.slice(start, length === undefined ? undefined : start + length));
    start += length ?? 0;
  } while (length !== undefined);
  return slices;
}

/** Returns the length of the first slice of code, or undefined if there is one slice. */
function findSliceLength(code: string, maxLength: number): number | undefined {
  UNINDENTED_LINE.lastIndex = maxLength / 2;
  if (UNINDENTED_LINE.test(code)) return UNINDENTED_LINE.lastIndex;
  if (code.length <= maxLength) return undefined;
  const line = code.lastIndexOf('\n', maxLength - 1) + 1;
  return line > 0 ? line : maxLength;
}
