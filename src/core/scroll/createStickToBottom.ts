import { createStore } from '../../common/createStore.js';
import { createAnchor, getTop } from './createAnchor.js';
import { getEndPosition } from './getEndPosition.js';
import { observeUserScroll, type UserScrollOptions } from './observeUserScroll.js';
import type { KeyedRow } from './RowRange.js';
import type { ScrollElements, ScrollView } from './ScrollView.js';

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

export function createStickToBottom(): StickToBottomController {
  const following = createStore(true);
  let view: ScrollView | undefined;
  let layout: LayoutParticipant | undefined;
  let rows: readonly KeyedRow[] = [];
  const anchor = createAnchor();
  const scrollToEnd = createEndScroller();
  const getView = () => (view && view.scroller.clientHeight > 0 ? view : undefined);

  const restorePosition = (mayAbsorb = false, grownBy = 0) => {
    const current = getView();
    if (!current) return;
    current.userScroll.flush(grownBy);
    const isFollowing = following.getState();
    layout?.updateLayout(isFollowing);
    if (isFollowing && !current.userScroll.isHolding()) scrollToEnd(current);
    if (isFollowing) return;
    const movedBy = anchor.getShift(current);
    if (movedBy === 0 || (mayAbsorb && layout?.absorbShift(movedBy))) return;
    current.userScroll.scrollTo(current.scroller.scrollTop + movedBy);
  };

  const jumpToLatest = () => {
    anchor.clear();
    view?.userScroll.setFollowing(true);
    restorePosition();
    layout?.onScroll();
  };

  const attach = (elements: ScrollElements) => {
    // Environments without layout, such as jsdom, have no end to keep in view.
    if (typeof ResizeObserver === 'undefined') return () => undefined;
    const opened = openView(elements, {
      isFollowing: following.getState(),
      onFollowing: following.setState,
      onScroll() {
        if (following.getState() || !view) anchor.clear();
        else anchor.read(view);
        layout?.onScroll();
      },
      onEndKey: jumpToLatest,
      onRelease: restorePosition,
      onRest: () => layout?.onRest(),
      onResize() {
        restorePosition();
        layout?.onResize();
      },
    });
    view = opened.view;
    return () => {
      opened.close();
      view = undefined;
    };
  };

  return {
    isFollowing: following.getState,
    subscribe: following.subscribe,
    attach,
    setRows(next) {
      if (isOtherList(rows, next)) view?.userScroll.setFollowing(true);
      rows = next;
    },
    jumpToLatest,
    showRow(key) {
      anchor.request(key);
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
    getAnchorKey: anchor.getKey,
    getRequestedKey: anchor.getRequestedKey,
    ensureAnchor() {
      if (view && !following.getState() && !anchor.isInPage(view)) anchor.read(view);
    },
  };
}

/** Returns a function that scrolls to the end, or to an element that waits for the user. */
function createEndScroller(): (view: ScrollView) => void {
  /** Waiting element at the last scroll to the end. */
  let waiting: Element | undefined;
  return ({ scroller, content, userScroll }) => {
    const before = waiting;
    waiting = content.querySelector('[data-waiting]') ?? undefined;
    const head = waiting && {
      top: getTop(waiting, scroller),
      questionHeight: measureQuestion(waiting, content),
      isNew: waiting !== before,
    };
    userScroll.scrollTo(getEndPosition(scroller, head));
  };
}

/** Returns the distance between the last message of the user and an element below it. */
function measureQuestion(waiting: Element, content: Element): number | undefined {
  const question = [...content.querySelectorAll('[data-role="user"]')].at(-1);
  return question && waiting.getBoundingClientRect().top - question.getBoundingClientRect().top;
}

/** Returns true if the rows share neither their first nor their last row with the rows before. */
function isOtherList(before: readonly KeyedRow[], after: readonly KeyedRow[]): boolean {
  const [first] = before;
  const last = before.at(-1);
  if (before === after || first === undefined || last === undefined) return false;
  return !after.some(({ key }) => key === first.key || key === last.key);
}

/** Observes scrolling and layout of the elements until `close` is called. */
function openView(
  elements: ScrollElements,
  { onResize, ...options }: UserScrollOptions & { onResize: () => void },
): { view: ScrollView; close: () => void } {
  const { scroller, content } = elements;
  const userScroll = observeUserScroll(scroller, options);
  // The list may be rendered into another window.
  const page = scroller.ownerDocument.defaultView ?? window;
  const sizes = new page.ResizeObserver(() => {
    userScroll.updateVisibility();
    onResize();
  });
  sizes.observe(content);
  sizes.observe(scroller);
  // The browser may lay out the page between two changes of a frame, of which the size observer sees only the sum.
  const mutations = new page.MutationObserver(() => userScroll.flush(0));
  const observed = { subtree: true, childList: true, characterData: true, attributes: true };
  mutations.observe(content, observed);
  return {
    view: { ...elements, userScroll },
    close() {
      sizes.disconnect();
      mutations.disconnect();
      userScroll.stop();
    },
  };
}
