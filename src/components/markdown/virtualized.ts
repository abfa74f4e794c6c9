/**
 * Returns attributes for an element that the browser lays out only near the viewport. Find-in-page and print still include it.
 *
 * @param lines Estimated height, until the element has been laid out once.
 */
export function virtualized(lines: number): {
  'data-windowed': '';
  style: { containIntrinsicBlockSize: string };
} {
  return {
    'data-windowed': '',
    style: { containIntrinsicBlockSize: `auto ${Math.ceil(lines * 1.6)}em` },
  };
}
