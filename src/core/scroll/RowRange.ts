/** Row of a list. The key is stable while the row is in the list. */
export interface KeyedRow {
  readonly key: string;
}

/** Rows of a list that are in the page. */
export interface RowRange {
  /** The list that the indexes refer to. */
  rows: readonly KeyedRow[];
  start: number;
  /** Exclusive. */
  end: number;
  /** Keys of rows outside the range that stay in the page, such as the row with the focus and selected rows. */
  pinnedKeys: readonly string[];
  /**
   * 'window': the rows in view and some around them. 'rows': all rows, for printing. 'text': all rows, those outside
   * the range as plain text, for find-in-page.
   */
  extent: 'window' | 'rows' | 'text';
}
