import { observeUserScroll, type UserScrollObserver } from './observeUserScroll.js';

/** The elements of a list that keeps its place. */
export interface RowElements {
  /** Scrolls. */
  scroller: HTMLElement;
  /** Everything that scrolls in it; whatever grows, this does. Rows have their key in `data-key`; what waits for the reader has `data-waiting`. */
  content: HTMLElement;
}

/** What has a say in where the rows stand. */
export interface RowLayout {
  /** Makes room, before the end or the row that is read is put in its place. */
  arrange: (isFollowing: boolean) => void;
  /** Makes up for how far the row that is read has moved down, so that nothing needs to be scrolled. False if it cannot. */
  absorb: (moved: number) => boolean;
  /** It has scrolled, or come to rest after it has, or has another size. */
  onScroll: () => void;
  onRest: () => void;
  onResize: () => void;
}

/** Keeps the end of what scrolls in sight, or else the row that is being read. */
export interface StickToBottomController {
  isFollowing: () => boolean;
  /** Told when the following begins or ends. */
  subscribe: (listener: () => void) => () => void;
  /** Watches the elements until the returned function is called. */
  attach: (elements: RowElements) => () => void;
  /** These rows are shown now. Another list is followed from its end. */
  setRows: (rows: readonly { key: string }[]) => void;
  jumpToLatest: () => void;
  /** Puts the end, or the row that is read, where it belongs, before anybody sees it elsewhere. */
  settle: (mayAbsorb?: boolean) => void;
  /** Has something else take part, until the returned function is called. */
  join: (layout: RowLayout) => () => void;
  /** The elements and who reads them; undefined where nothing is laid out. */
  view: () => (RowElements & { reader: UserScrollObserver }) | undefined;
  /** The key of the row that is read, undefined at the end. */
  anchorKey: () => string | undefined;
  /** Takes the first row in sight for the one that is read, where that is not in the page. */
  keepAnchor: () => void;
}

/** Room above the head of what waits for the reader, for a line that says so. */
const HEADROOM = 48;

/** A follower of nothing yet, to be attached. */
export function createStickToBottom(): StickToBottomController {
  const listeners = new Set<() => void>();
  let isFollowing = true;
  let elements: RowElements | undefined;
  let reader: UserScrollObserver | undefined;
  let layout: RowLayout | undefined;
  let rows: readonly { key: string }[] = [];
  /** The row that is being read, and how far below the edge it begins. */
  let anchor: { key: string; at: number } | undefined;
  /** What waited for the reader when the end was pinned last. */
  let waiting: Element | undefined;

  const view = () =>
    elements && reader && elements.scroller.clientHeight > 0 ? { ...elements, reader } : undefined;
  const edge = () => elements?.scroller.getBoundingClientRect().top ?? 0;
  const rowElements = () => [
    ...(elements?.content.querySelectorAll<HTMLElement>('[data-key]') ?? []),
  ];
  const anchorElement = () =>
    anchor ? rowElements().find(({ dataset }) => dataset['key'] === anchor?.key) : undefined;
  const getRowPlace = (row: Element) =>
    row.getBoundingClientRect().top - edge() + (reader?.unseen() ?? 0);

  const readAnchor = () => {
    const from = edge();
    const row = rowElements().find((element) => element.getBoundingClientRect().bottom > from);
    anchor = row && { key: row.dataset['key'] ?? '', at: getRowPlace(row) };
  };

  /** Keeps the end in sight, but the head of what waits for the reader too, however high that is, unless they have passed it. */
  const pin = ({ scroller, content }: RowElements, by: UserScrollObserver) => {
    const before = waiting;
    waiting = content.querySelector('[data-waiting]') ?? undefined;
    const end = scroller.scrollHeight - scroller.clientHeight;
    const head = waiting
      ? scroller.scrollTop + waiting.getBoundingClientRect().top - edge() - HEADROOM
      : end;
    const passed = waiting === before && waiting ? scroller.scrollTop : 0;
    by.scrollTo(Math.max(passed, Math.min(head, end)));
  };

  const settle = (mayAbsorb = false) => {
    const seen = view();
    if (!seen) return;
    layout?.arrange(isFollowing);
    if (isFollowing) {
      if (!seen.reader.isHolding()) pin(seen, seen.reader);
      return;
    }
    const row = anchorElement();
    const moved = row && anchor ? getRowPlace(row) - anchor.at : 0;
    if (moved !== 0 && !(mayAbsorb && layout?.absorb(moved)))
      seen.reader.scrollTo(seen.scroller.scrollTop + moved);
  };

  const onScroll = () => {
    if (isFollowing) anchor = undefined;
    else readAnchor();
    layout?.onScroll();
  };

  return {
    isFollowing: () => isFollowing,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach(attached) {
      // Where nothing is laid out, as in jsdom, there is no end to keep in sight.
      if (typeof ResizeObserver === 'undefined') return () => undefined;
      elements = attached;
      const watched = observeUserScroll(attached.scroller, {
        isFollowing,
        onFollowing(next) {
          isFollowing = next;
          for (const listener of listeners) listener();
        },
        onScroll,
        onRelease: settle,
        onRest: () => layout?.onRest(),
      });
      reader = watched;
      const observer = new ResizeObserver(() => {
        settle();
        layout?.onResize();
      });
      observer.observe(attached.content);
      observer.observe(attached.scroller);
      return () => {
        observer.disconnect();
        watched.stop();
        elements = reader = undefined;
      };
    },
    setRows(next) {
      const ends = [rows[0]?.key, rows.at(-1)?.key];
      const isOther =
        rows !== next && rows.length > 0 && !next.some(({ key }) => ends.includes(key));
      rows = next;
      if (isOther) reader?.setFollowing(true);
    },
    jumpToLatest() {
      anchor = undefined;
      reader?.setFollowing(true);
      settle();
      layout?.onScroll();
    },
    settle,
    join(joined) {
      layout = joined;
      return () => (layout = undefined);
    },
    view,
    anchorKey: () => anchor?.key,
    keepAnchor: () => (isFollowing || anchorElement() ? undefined : readAnchor()),
  };
}
