import { createRowSizes } from './createRowSizes.js';
import { EMPTY_RANGE, indexNear, type RowRange } from './rowRange.js';
import { watchReader, type Reader } from './watchReader.js';

/** The elements of a list of which only a window is in the page. */
export interface RowElements {
  /** Scrolls. */
  scroller: HTMLElement;
  /** Everything that scrolls in it; whatever grows, this does. What waits for the reader has `data-waiting`. */
  content: HTMLElement;
  /** Holds the rows of the range and nothing else, in order, each with its key in `data-key`. */
  list: HTMLElement;
}

/** What is shown of a long list. */
export interface RowWindowState {
  range: RowRange;
  isFollowing: boolean;
}

/** Which rows of a long list are in the page, and where: the end is kept in sight, or else what the reader reads. */
export interface RowWindow {
  getState: () => RowWindowState;
  subscribe: (listener: () => void) => () => void;
  /** Watches the elements until the returned function is called. */
  attach: (elements: RowElements) => () => void;
  /** These rows are in the page now. Measures them and puts them in their place, before anybody sees them. */
  placed: (range: RowRange, indexes: readonly number[]) => void;
  jumpToLatest: () => void;
  setExtent: (extent: RowRange['extent']) => void;
  /** Room for a row, as known or guessed, in CSS pixels. */
  sizeOf: (index: number) => number;
}

/** How far beyond the edges rows are made, in CSS pixels, and how near an edge may come before more are. */
interface Reach {
  ahead: number;
  atLeast: number;
}

/** Room above the head of what waits for the reader, for a line that says so. */
const HEADROOM = 48;

const SCROLLING: Reach = { ahead: 480, atLeast: 160 };
/** What is needed at once, after a leap or a change of the layout; the rest can wait until the reader scrolls on or rests. */
const LEAPING: Reach = { ahead: 80, atLeast: 80 };
const RESTING: Reach = { ahead: 480, atLeast: 400 };

/**
 * Rows are laid out by the browser, one below the other; what stands for the others is padding. So a row that grows costs no
 * rendering, and nothing needs to be hidden until it has been measured. Rows above the reader that turn out higher or lower
 * than was guessed take it from the padding, so that scrolling is never interfered with; the difference is put right when
 * the reader rests.
 */
export function createRowWindow(): RowWindow {
  const listeners = new Set<() => void>();
  const sizes = createRowSizes();
  let state: RowWindowState = { range: EMPTY_RANGE, isFollowing: true };
  let elements: RowElements | undefined;
  let reader: Reader | undefined;
  /** What is in the page. */
  let shown: RowRange = EMPTY_RANGE;
  let indexes: readonly number[] = [];
  /** Padding above the first row of the range. */
  let top = 0;
  /** The row that is being read, and how far below the edge it begins. */
  let anchor: { key: string; at: number } | undefined;
  /** What waited for the reader when the end was pinned last. */
  let waiting: Element | undefined;

  const set = (next: Partial<RowWindowState>) => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };
  const isLaidOut = () => elements !== undefined && elements.scroller.clientHeight > 0;
  const edge = () => elements?.scroller.getBoundingClientRect().top ?? 0;
  const rowElements = () => [...(elements?.list.children ?? [])].filter((child) => child instanceof HTMLElement);

  /** Sizes of the rows in the page. */
  const measure = () => {
    if (!elements || shown.extent === 'text') return;
    const gap = Number.parseFloat(getComputedStyle(elements.list).rowGap) || 0;
    rowElements().forEach((element, place) => {
      const index = indexes[place];
      if (index !== undefined) sizes.put(index, element.getBoundingClientRect().height + gap);
    });
  };

  const pad = () => {
    if (!elements) return;
    const { list } = elements;
    const isWhole = shown.extent !== 'window';
    if (isWhole) top = 0;
    list.style.paddingBlockStart = `${top}px`;
    list.style.paddingBlockEnd = isWhole ? '0' : `${Math.max(0, sizes.offsetOf(sizes.count) - sizes.offsetOf(shown.end))}px`;
    if (isWhole || indexes.length === shown.end - shown.start) return;
    rowElements().forEach((element, place) => {
      const index = indexes[place] ?? 0;
      if (index < shown.start || index >= shown.end) element.style.insetBlockStart = `${top + sizes.offsetOf(index) - sizes.offsetOf(shown.start)}px`;
    });
  };

  /** Gives back what the padding has taken: a jump of the padding and of the scroller, which nobody sees. */
  const rebase = () => {
    if (!elements || !reader || shown.extent !== 'window') return;
    const moved = sizes.offsetOf(shown.start) - top;
    if (moved === 0) return;
    top += moved;
    pad();
    reader.scrollTo(elements.scroller.scrollTop + moved);
  };

  const readAnchor = () => {
    const from = edge();
    const isInFlow = (place: number) => {
      const index = indexes[place] ?? place;
      return shown.extent !== 'window' || (index >= shown.start && index < shown.end);
    };
    const row = rowElements().find((element, place) => isInFlow(place) && element.getBoundingClientRect().bottom > from);
    anchor = row && { key: row.dataset['key'] ?? '', at: row.getBoundingClientRect().top - from + (reader?.unseen() ?? 0) };
  };

  const anchorElement = () => (anchor ? rowElements().find((element) => element.dataset['key'] === anchor?.key) : undefined);

  /** How far the row that is being read has moved down, other than by scrolling. */
  const drift = (): number => {
    const row = anchorElement();
    return row && anchor ? row.getBoundingClientRect().top - edge() - anchor.at + (reader?.unseen() ?? 0) : 0;
  };

  /** Keeps the end in sight, but the head of what waits for the reader too, however high that is, unless they have passed it. */
  const pin = ({ scroller, content }: RowElements, by: Reader) => {
    const before = waiting;
    waiting = content.querySelector('[data-waiting]') ?? undefined;
    const end = scroller.scrollHeight - scroller.clientHeight;
    const head = waiting ? scroller.scrollTop + waiting.getBoundingClientRect().top - edge() - HEADROOM : end;
    const passed = waiting === before && waiting ? scroller.scrollTop : 0;
    by.scrollTo(Math.max(passed, Math.min(head, end)));
  };

  const settle = (mayPad: boolean) => {
    if (!elements || !reader || !isLaidOut()) return;
    measure();
    if (reader.isFollowing()) {
      if (shown.extent === 'window') top = sizes.offsetOf(shown.start);
      pad();
      if (!reader.isHolding()) pin(elements, reader);
      return;
    }
    pad();
    const moved = drift();
    if (moved === 0) return;
    if (mayPad && shown.extent === 'window' && top >= moved) {
      top -= moved;
      pad();
    } else reader.scrollTo(elements.scroller.scrollTop + moved);
  };

  /** Asks for other rows where those in the page do not reach beyond both edges, or far too far. */
  const cover = (mayShrink: boolean, reach = SCROLLING) => {
    if (!elements || !reader || !isLaidOut() || shown.extent !== 'window' || sizes.count === 0) return;
    const first = edge() - elements.list.getBoundingClientRect().top;
    const last = first + elements.scroller.clientHeight;
    const shift = sizes.offsetOf(shown.start) - top;
    const length = sizes.offsetOf(shown.end) - sizes.offsetOf(shown.start);
    const { ahead, atLeast } = last < top || first > top + length ? LEAPING : reach;
    const isEndWanted = reader.isFollowing();
    const startAt = (distance: number) => sizes.indexAt(first - distance + shift);
    const endAt = (distance: number) => (isEndWanted ? sizes.count : sizes.indexAt(last + distance + shift) + 1);
    const [selectedFrom, selectedTo] = selectedIn(elements.list, indexes) ?? [Infinity, -1];
    const start = Math.min(startAt(ahead), selectedFrom);
    const end = Math.max(endAt(ahead), selectedTo + 1);
    const reaches = shown.start <= startAt(atLeast) && shown.end >= endAt(atLeast);
    const isTooLong = mayShrink && length > sizes.offsetOf(end) - sizes.offsetOf(start) + SCROLLING.ahead * 2;
    if ((reaches && !isTooLong) || (start === shown.start && end === shown.end)) return;
    const focused = document.activeElement?.closest<HTMLElement>('[data-key]');
    const kept = focused && elements.list.contains(focused) ? [focused.dataset['key'] ?? ''] : [];
    set({ range: { rows: shown.rows, start, end, kept, extent: 'window' } });
  };

  const onScroll = () => {
    if (reader?.isFollowing()) anchor = undefined;
    else readAnchor();
    cover(true);
    // No row before the first: there the padding has nothing to hide behind.
    if (shown.start === 0) rebase();
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach(attached) {
      // Where nothing is laid out, as in jsdom, there is no window and no end to keep in sight.
      if (typeof ResizeObserver === 'undefined') {
        set({ range: { ...EMPTY_RANGE, extent: 'rows' } });
        return () => undefined;
      }
      elements = attached;
      reader = watchReader(attached.scroller, {
        onFollowing: (isFollowing) => set({ isFollowing }),
        onScroll,
        onRelease: () => settle(false),
        onRest: () => {
          sizes.guessAnew();
          rebase();
          cover(true, RESTING);
        },
      });
      reader.setFollowing(state.isFollowing);
      const observer = new ResizeObserver(() => {
        settle(false);
        cover(false, LEAPING);
      });
      observer.observe(attached.content);
      observer.observe(attached.scroller);
      return () => {
        observer.disconnect();
        reader?.stop();
        elements = reader = undefined;
      };
    },
    placed(range, now) {
      const before = shown;
      const isOtherList = before.rows !== range.rows;
      const was = indexNear(before.rows, range.rows[range.start]?.key, range.start, before.rows.length - range.rows.length);
      const wasWindow = before.extent === 'window';
      const isIn = wasWindow && was >= before.start && was < before.end;
      // By the sizes of the list that it was in.
      const moved = isIn ? sizes.offsetOf(was) - sizes.offsetOf(before.start) : 0;
      if (isOtherList) sizes.setRows(range.rows);
      shown = range;
      indexes = now;
      if (before.rows.length === 0 && isLaidOut()) {
        measure();
        sizes.guessAnew();
      }
      const isBefore = wasWindow && !isOtherList && before.start >= range.start && before.start < range.end;
      if (isIn) top += moved;
      else if (isBefore) top = Math.max(0, top - sizes.offsetOf(before.start) + sizes.offsetOf(range.start));
      else top = sizes.offsetOf(range.start);
      // Before anything is measured: the browser then lays the page out once, and never finds it shorter than it will be.
      pad();
      if (isOtherList && was === -1 && before.rows.length > 0) reader?.setFollowing(true);
      settle(!isOtherList);
      if (isOtherList || range.start === 0) rebase();
      if (!reader?.isFollowing() && !anchorElement()) readAnchor();
      cover(isOtherList, isIn || isBefore ? SCROLLING : LEAPING);
    },
    jumpToLatest() {
      anchor = undefined;
      if (!reader) return;
      reader.setFollowing(true);
      settle(false);
      cover(true);
    },
    setExtent(extent) {
      reader?.setSearching(extent === 'text');
      if (extent === state.range.extent || !elements) return;
      if (extent !== 'window') {
        set({ range: { ...shown, ...(extent === 'rows' && { start: 0, end: shown.rows.length }), extent } });
        return;
      }
      const at = anchor ? Math.max(0, shown.rows.findIndex(({ key }) => key === anchor?.key)) : shown.rows.length - 1;
      set({ range: { ...shown, start: Math.max(0, at - 8), end: Math.min(shown.rows.length, at + 16), extent } });
    },
    sizeOf: sizes.sizeOf,
  };
}

/** More than this nobody selects by hand, and a selection of all is not to bring all into the page. */
const SELECTED_AT_MOST = 200;

/** The first and the last row that a selection begins or ends in: it would lose what it spans if they left the page. */
function selectedIn(list: HTMLElement, indexes: readonly number[]): [from: number, to: number] | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return undefined;
  const rows = [...list.children];
  const ends = [selection.anchorNode, selection.focusNode].flatMap((node) => indexes[rows.findIndex((row) => row.contains(node))] ?? []);
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  return ends.length > 0 && to - from < SELECTED_AT_MOST ? [from, to] : undefined;
}
