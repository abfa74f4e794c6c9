/**
 * Returns the props of an element that the browser lays out only near the viewport. Find-in-page and print include it.
 *
 * @param lineCount Estimated height in lines. Used until the browser has laid out the element once.
 */
export function getVirtualizedProps(lineCount: number): {
  'data-virtualized': '';
  style: { containIntrinsicBlockSize: string };
} {
  return {
    'data-virtualized': '',
    style: { containIntrinsicBlockSize: `auto ${toEm(lineCount)}` },
  };
}

/** Converts lines of text to a CSS length. */
export function toEm(lineCount: number): string {
  return `${Math.ceil(lineCount * 1.6)}em`;
}
