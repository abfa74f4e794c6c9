/**
 * Attributes of an element that the browser lays out only while it is near the window; find-in-page and print still see it.
 * @param lines How high it is likely to be, until it has been laid out once.
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
