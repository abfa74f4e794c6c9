import {
  createUserScrollState,
  reduceUserScroll,
  type UserScrollEvent,
} from './reduceUserScroll.js';

/** Tells scrolling by the user from scrolling by layout and scripts. */
export interface UserScrollObserver {
  /** Sets whether the end is kept in view. Calls `onFollowing` if this is a change. */
  setFollowing: (isFollowing: boolean) => void;
  /**
   * Returns true while a gesture may lead away from the end: scrolling to the end now would undo it before it takes
   * effect.
   */
  isHolding: () => boolean;
  /**
   * While searching, counts all scrolling except `scrollTo` as the user's: find-in-page has no gesture that can be
   * observed.
   */
  setSearching: (isSearching: boolean) => void;
  /**
   * Scrolls without counting as the user, and without losing what the user has scrolled since the last scroll event.
   */
  scrollTo: (top: number) => void;
  /**
   * Returns the distance scrolled down since the last scroll event, in CSS pixels. A busy page receives the event late.
   */
  getPendingScroll: () => number;
  /** Removes all listeners and timers. */
  stop: () => void;
}

export interface UserScrollOptions {
  /** Initial value. True if the end is kept in view. */
  isFollowing: boolean;
  onFollowing: (isFollowing: boolean) => void;
  /** Called after scrolling that `scrollTo` did not cause. */
  onScroll: () => void;
  /** Called at the end of a gesture, when scrolling to the end is allowed again. */
  onRelease: () => void;
  /** Called 150 ms after the last scroll event, unless a finger or the scrollbar is pressed. */
  onRest: () => void;
}

const HOLD_MS = 150;
const REST_MS = 150;

/** Observes an element that scrolls until `stop`. `reduceUserScroll` has the rules. */
export function observeUserScroll(
  scroller: HTMLElement,
  options: UserScrollOptions,
): UserScrollObserver {
  let state = createUserScrollState(options.isFollowing);
  let holdTimer: ReturnType<typeof setTimeout> | undefined;
  let restTimer: ReturnType<typeof setTimeout> | undefined;

  const dispatch = (event: UserScrollEvent) => {
    const before = state;
    state = reduceUserScroll(before, event);
    if (state.heldAt !== before.heldAt) {
      clearTimeout(holdTimer);
      if (state.heldAt !== undefined) holdTimer = setTimeout(onHoldEnd, HOLD_MS);
    }
    if (state.isFollowing !== before.isFollowing) options.onFollowing(state.isFollowing);
  };
  const onHoldEnd = () => {
    dispatch({ type: 'holdEnd' });
    options.onRelease();
  };
  const onRestEnd = () => {
    if (!state.isPressed) options.onRest();
  };
  const onRelease = () => {
    if (!state.isPressed) return;
    dispatch({ type: 'release' });
    options.onRelease();
  };
  const onScroll = (time: number) => {
    const { scrollTop: top, scrollHeight, clientHeight } = scroller;
    // No movement: `scrollTo` has updated the position already.
    if (top === state.lastTop) return;
    clearTimeout(restTimer);
    restTimer = setTimeout(onRestEnd, REST_MS);
    dispatch({ type: 'scroll', top, distanceToEnd: scrollHeight - top - clientHeight, time });
    options.onScroll();
  };
  const listening = new AbortController();
  listen(scroller, { dispatch, onRelease, onScroll }, listening.signal);

  return {
    setFollowing: (isFollowing) => dispatch({ type: 'setFollowing', isFollowing }),
    isHolding: () => state.heldAt !== undefined || state.isPressed,
    setSearching: (isSearching) => dispatch({ type: 'setSearching', isSearching }),
    scrollTo(top) {
      const topBefore = scroller.scrollTop;
      // 'instant' overrides a `scroll-behavior` of the app.
      scroller.scrollTo({ top, behavior: 'instant' });
      dispatch({ type: 'ownScroll', topBefore, topAfter: scroller.scrollTop });
    },
    getPendingScroll: () => scroller.scrollTop - state.lastTop,
    stop() {
      clearTimeout(holdTimer);
      clearTimeout(restTimer);
      listening.abort();
    },
  };
}

interface Handlers {
  dispatch: (event: UserScrollEvent) => void;
  onRelease: () => void;
  onScroll: (time: number) => void;
}

function listen(
  scroller: HTMLElement,
  { dispatch, onRelease, onScroll }: Handlers,
  signal: AbortSignal,
): void {
  const options = { passive: true, signal };
  scroller.addEventListener(
    'wheel',
    ({ deltaY, timeStamp }) => dispatch({ type: 'wheel', deltaY, time: timeStamp }),
    options,
  );
  scroller.addEventListener('touchstart', () => dispatch({ type: 'touchStart' }), options);
  scroller.addEventListener(
    'touchmove',
    ({ timeStamp }) => dispatch({ type: 'touchMove', time: timeStamp }),
    options,
  );
  scroller.addEventListener(
    'keydown',
    ({ key, target, timeStamp }) => {
      // Typing in a field inside the list does not scroll.
      if (!isField(target)) dispatch({ type: 'key', key, time: timeStamp });
    },
    options,
  );
  scroller.addEventListener(
    'pointerdown',
    // The target of a press on the scrollbar is the element itself, not its content.
    ({ target }) => dispatch({ type: 'press', isOnScrollbar: target === scroller }),
    options,
  );
  scroller.addEventListener('scroll', ({ timeStamp }) => onScroll(timeStamp), options);
  for (const name of ['pointerup', 'touchend', 'touchcancel'])
    window.addEventListener(name, onRelease, options);
  window.addEventListener(
    'pointermove',
    // Some browsers send no pointerup when the scrollbar is released.
    ({ buttons, pointerType }) => {
      if (buttons === 0 && pointerType === 'mouse') onRelease();
    },
    options,
  );
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  );
}
