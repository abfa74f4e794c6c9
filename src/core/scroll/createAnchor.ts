import type { ScrollView } from './ScrollView.js';

/** The row that the user reads, or that was requested. It stays at its distance from the top edge of the scroller. */
export interface Anchor {
  /** Returns the key of the row; undefined at the end of the list. */
  getKey: () => string | undefined;
  /** Returns the key of a requested row, which may not be in the page yet. */
  getRequestedKey: () => string | undefined;
  clear: () => void;
  /** Requests a row near the top edge. */
  request: (key: string) => void;
  /** Makes the first visible row the anchor. Without a visible row, as after a leap, there is none. */
  read: (view: ScrollView) => void;
  isInPage: (view: ScrollView) => boolean;
  /** Returns the distance that the row has moved down, in CSS pixels; 0 if it is not in the page. */
  getShift: (view: ScrollView) => number;
}

/** Room above a requested row. */
const HEADROOM_PX = 32;

export function createAnchor(): Anchor {
  let row: { key: string; top: number; isRequested: boolean } | undefined;
  const find = (view: ScrollView) =>
    getRows(view).find(({ dataset }) => dataset['key'] === row?.key);
  return {
    getKey: () => row?.key,
    getRequestedKey: () => (row?.isRequested ? row.key : undefined),
    clear() {
      row = undefined;
    },
    request(key) {
      row = { key, top: HEADROOM_PX, isRequested: true };
    },
    read(view) {
      const edges = view.scroller.getBoundingClientRect();
      // Rows with the focus and growing rows stay in the page far below the view.
      const first = getRows(view).find((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > edges.top && top < edges.bottom;
      });
      row = first && {
        key: first.dataset['key'] ?? '',
        top: getRowTop(view, first),
        isRequested: false,
      };
    },
    isInPage: (view) => find(view) !== undefined,
    getShift(view) {
      const element = row && find(view);
      return row && element ? getRowTop(view, element) - row.top : 0;
    },
  };
}

function getRows({ content }: ScrollView): HTMLElement[] {
  return [...content.querySelectorAll<HTMLElement>('[data-key]')];
}

/** Returns the distance of a row from the top edge of the scroller at the last scroll event. */
function getRowTop({ scroller, userScroll }: ScrollView, row: Element): number {
  return getTop(row, scroller) + userScroll.getPendingScroll();
}

/** Returns the distance of an element from the top edge of the scroller. */
export function getTop(element: Element, scroller: HTMLElement): number {
  return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
