import { createStore } from '../../common/createStore.js';
import { getEndPosition } from './getEndPosition.js';
import { observeUserScroll, type UserScrollObserver } from './observeUserScroll.js';
import type { KeyedRow } from './RowRange.js';

/** Elements of a list that keeps its position. */
export interface ScrollElements {
  /** The element that scrolls. */
  scroller: HTMLElement;
  /**
   * Element inside the scroller that holds everything that grows. Rows carry their key in `data-key`; an element that
   * waits for an action of the user carries `data-waiting`.
   */
  content: HTMLElement;
}

/** Attached elements with their scroll observer. */
export interface ScrollView extends ScrollElements {
  userScroll: UserScrollObserver;
}

/** Layout of the rows that takes part in restoring the position. */
export interface LayoutParticipant {
  /** Updates sizes and padding. Called before the end or the anchor row is put in place. */
  updateLayout: (isFollowing: boolean) => void;
  /**
   * Compensates for an anchor row that moved down by this many pixels, without scrolling. Returns false if it cannot.
   */
  absorbShift: (movedBy: number) => boolean;
  onScroll: () => void;
  /** Called when scrolling has come to rest. */
  onRest: () => void;
  onResize: () => void;
  /** Renders a row of the list that is not in the page. */
  renderRow: (key: string) => void;
}

/** Keeps the end of a list in view until the user scrolls away, then the row that the user reads (the anchor row). */
export interface StickToBottomController {
  isFollowing: () => boolean;
  /** Calls the listener when following starts or ends. */
  subscribe: (listener: () => void) => () => void;
  /** Observes the elements until the returned function is called. */
  attach: (elements: ScrollElements) => () => void;
  /** Sets the rows in the list. Starts following if they belong to another list. */
  setRows: (rows: readonly KeyedRow[]) => void;
  jumpToLatest: () => void;
  /** Scrolls to a row of the list, and keeps it in place until the user scrolls or jumps. */
  showRow: (key: string) => void;
  /**
   * Scrolls so that the end or the anchor row is in place again. Call it after a change of the layout, before the next
   * paint.
   *
   * @param mayAbsorb Lets the connected layout compensate for the movement instead.
   * @param grownBy Height by which the connected layout has just extended the list.
   */
  restorePosition: (mayAbsorb?: boolean, grownBy?: number) => void;
  /** Lets a layout take part until the returned function is called. */
  connectLayout: (layout: LayoutParticipant) => () => void;
  /** Returns the attached elements; undefined if the list has no layout. */
  getView: () => ScrollView | undefined;
  /** Returns the key of the anchor row; undefined at the end of the list. */
  getAnchorKey: () => string | undefined;
  /** Returns the key of the row that `showRow` has requested last. Undefined once the user scrolls or jumps. */
  getRequestedKey: () => string | undefined;
  /** Makes the first visible row the anchor if the anchor row is not in the page. */
  ensureAnchor: () => void;
}

/** The row that the user reads, and its distance from the top edge of the scroller in CSS pixels. */
interface Anchor {
  key: string;
  top: number;
  /** The row was requested by `showRow`, and may not be in the page yet. */
  isRequested?: boolean;
}

export function createStickToBottom(): StickToBottomController {
  const following = createStore(true);
  let view: ScrollView | undefined;
  let layout: LayoutParticipant | undefined;
  let rows: readonly KeyedRow[] = [];
  let anchor: Anchor | undefined;
  /** Waiting element at the last scroll to the end. */
  let waiting: Element | undefined;

  const getView = () => (view && view.scroller.clientHeight > 0 ? view : undefined);

  const scrollToEnd = ({ scroller, content, userScroll }: ScrollView) => {
    const before = waiting;
    waiting = content.querySelector('[data-waiting]') ?? undefined;
    const head = waiting && { top: getTop(waiting, scroller), isNew: waiting !== before };
    userScroll.scrollTo(getEndPosition(scroller, head));
  };

  const restorePosition = (mayAbsorb = false, grownBy = 0) => {
    const current = getView();
    if (!current) return;
    current.userScroll.flush(grownBy);
    const isFollowing = following.getState();
    layout?.updateLayout(isFollowing);
    if (isFollowing) {
      if (!current.userScroll.isHolding()) scrollToEnd(current);
      return;
    }
    const movedBy = anchor === undefined ? 0 : getShift(current, anchor);
    const isAbsorbed = movedBy === 0 || (mayAbsorb && layout?.absorbShift(movedBy));
    if (!isAbsorbed) current.userScroll.scrollTo(current.scroller.scrollTop + movedBy);
  };

  const jumpToLatest = () => {
    anchor = undefined;
    view?.userScroll.setFollowing(true);
    restorePosition();
    layout?.onScroll();
  };

  const attach = (elements: ScrollElements) => {
    // Environments without layout, such as jsdom, have no end to keep in view.
    if (typeof ResizeObserver === 'undefined') return () => undefined;
    const userScroll = observeUserScroll(elements.scroller, {
      isFollowing: following.getState(),
      onFollowing: following.setState,
      onScroll() {
        anchor = following.getState() || !view ? undefined : readAnchor(view);
        layout?.onScroll();
      },
      onEndKey: jumpToLatest,
      onRelease: restorePosition,
      onRest: () => layout?.onRest(),
    });
    view = { ...elements, userScroll };
    const stopObserving = observeSize(elements, () => {
      userScroll.updateVisibility();
      restorePosition();
      layout?.onResize();
    });
    // The browser may lay out the page between two changes of a frame, of which the size observer sees only the sum.
    const mutations = new MutationObserver(() => userScroll.flush(0));
    mutations.observe(elements.content, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    return () => {
      stopObserving();
      mutations.disconnect();
      userScroll.stop();
      view = undefined;
    };
  };

  return {
    isFollowing: following.getState,
    subscribe: following.subscribe,
    attach,
    setRows(next) {
      const isOther = isOtherList(rows, next);
      rows = next;
      if (isOther) view?.userScroll.setFollowing(true);
    },
    jumpToLatest,
    showRow(key) {
      anchor = { key, top: ROW_HEADROOM_PX, isRequested: true };
      view?.userScroll.setFollowing(false);
      layout?.renderRow(key);
      restorePosition();
    },
    restorePosition,
    connectLayout(connected) {
      layout = connected;
      return () => {
        layout = undefined;
      };
    },
    getView,
    getAnchorKey: () => anchor?.key,
    getRequestedKey: () => (anchor?.isRequested ? anchor.key : undefined),
    ensureAnchor() {
      const row = view && anchor && findRow(view, anchor.key);
      if (!following.getState() && row === undefined) anchor = view && readAnchor(view);
    },
  };
}

/** Returns true if the rows share neither their first nor their last row with the rows before. */
function isOtherList(before: readonly KeyedRow[], after: readonly KeyedRow[]): boolean {
  const [first] = before;
  const last = before.at(-1);
  if (before === after || first === undefined || last === undefined) return false;
  return !after.some(({ key }) => key === first.key || key === last.key);
}

function observeSize({ scroller, content }: ScrollElements, onResize: () => void): () => void {
  // The list may be rendered into another window.
  const { ResizeObserver: Observer } = scroller.ownerDocument.defaultView ?? window;
  const observer = new Observer(onResize);
  observer.observe(content);
  observer.observe(scroller);
  return () => observer.disconnect();
}

/** Returns the distance of an element from the top edge of the scroller. */
function getTop(element: Element, scroller: HTMLElement): number {
  return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

/** Room above a row that `showRow` has scrolled to. */
const ROW_HEADROOM_PX = 32;

/** Returns the distance of a row from the top edge of the scroller at the last scroll event. */
function getRowTop({ scroller, userScroll }: ScrollView, row: Element): number {
  return getTop(row, scroller) + userScroll.getPendingScroll();
}

function getRowElements({ content }: ScrollElements): HTMLElement[] {
  return [...content.querySelectorAll<HTMLElement>('[data-key]')];
}

function findRow(view: ScrollElements, key: string): HTMLElement | undefined {
  return getRowElements(view).find(({ dataset }) => dataset['key'] === key);
}

/** Returns the distance that the anchor row has moved down; 0 if it is not in the page. */
function getShift(view: ScrollView, { key, top }: Anchor): number {
  const row = findRow(view, key);
  return row === undefined ? 0 : getRowTop(view, row) - top;
}

/** Returns the first visible row. */
function readAnchor(view: ScrollView): Anchor | undefined {
  const { top: edge } = view.scroller.getBoundingClientRect();
  const row = getRowElements(view).find((element) => element.getBoundingClientRect().bottom > edge);
  return row && { key: row.dataset['key'] ?? '', top: getRowTop(view, row) };
}
