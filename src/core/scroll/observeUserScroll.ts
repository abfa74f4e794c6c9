import { isElement } from '../../common/isElement.js';
import {
  createUserScrollState,
  reduceUserScroll,
  type UserScrollEvent,
} from './reduceUserScroll.js';

/** Tells scrolling by the user, the browser and scripts from scrolling by this package. */
export interface UserScrollObserver {
  /** Sets whether the end is kept in view. Calls `onFollowing` if this is a change. */
  setFollowing: (isFollowing: boolean) => void;
  /**
   * Returns true while a gesture may lead away from the end: scrolling to the end now would undo it before it takes
   * effect.
   */
  isHolding: () => boolean;
  /**
   * Handles a movement up whose scroll event has not arrived yet: by the browser to the end of shorter content, or away
   * from the end. Call it before content grows, which would hide the first, and before scrolling to the end, which would
   * undo the second.
   *
   * @param grownBy Height by which the list was extended just now, in CSS pixels. Before that, the browser may have
   *   moved the view to the end of the shorter list.
   */
  flush: (grownBy: number) => void;
  /**
   * Scrolls without counting as the user, and without losing what the user has scrolled since the last scroll event.
   */
  scrollTo: (top: number) => void;
  /**
   * Returns the distance scrolled down since the last scroll event, in CSS pixels. A busy page receives the event late.
   */
  getPendingScroll: () => number;
  /** Call when the size of the element has changed. Elements that are hidden lose their position in some browsers. */
  updateVisibility: () => void;
  /** Removes all listeners and timers. */
  stop: () => void;
}

export interface UserScrollOptions {
  /** Initial value. True if the end is kept in view. */
  isFollowing: boolean;
  onFollowing: (isFollowing: boolean) => void;
  /** Called after scrolling that `scrollTo` did not cause. */
  onScroll: () => void;
  /** Called when the user presses a key that scrolls to the end. */
  onEndKey: () => void;
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
  let state = createUserScrollState(options.isFollowing, scroller.scrollTop);
  let isHidden = false;
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
  const onRelease = () => {
    if (!state.isPressed) return;
    dispatch({ type: 'press', isPressed: false });
    options.onRelease();
  };
  const onScroll = (time: number) => {
    const { scrollTop: top, clientHeight } = scroller;
    // No movement: `scrollTo` has updated the position already. A hidden element has no position.
    if (top === state.lastTop || clientHeight === 0) return;
    clearTimeout(restTimer);
    restTimer = setTimeout(() => !state.isPressed && options.onRest(), REST_MS);
    dispatch({ type: 'scroll', top, end: getEnd(scroller), time });
    options.onScroll();
  };
  const listening = new AbortController();
  listen(
    scroller,
    {
      onGesture: (isAway, time) =>
        dispatch({ type: 'gesture', isAway, end: getEnd(scroller), time }),
      onPress: () => dispatch({ type: 'press', isPressed: true }),
      onRelease,
      onScroll,
      onEndKey: options.onEndKey,
    },
    listening.signal,
  );

  return {
    setFollowing(isFollowing) {
      if (isFollowing) dispatch({ type: 'setTop', top: scroller.scrollTop });
      dispatch({ type: 'setFollowing', isFollowing });
    },
    isHolding: () => state.heldAt !== undefined || state.isPressed,
    flush(grownBy) {
      if (!state.isFollowing) return;
      const end = getEnd(scroller);
      const { scrollTop: top } = scroller;
      // Browsers round positions, so a movement of less than a pixel is none.
      if (top >= state.lastTop - 1) return;
      if (Math.abs(end - grownBy - top) <= 1) dispatch({ type: 'setTop', top });
      else if (top < end - 1) onScroll(performance.now());
    },
    scrollTo(top) {
      const topBefore = scroller.scrollTop;
      const end = getEnd(scroller);
      // 'instant' overrides a `scroll-behavior` of the app.
      scroller.scrollTo({ top, behavior: 'instant' });
      dispatch({ type: 'ownScroll', topBefore, topAfter: scroller.scrollTop, end });
    },
    getPendingScroll: () => scroller.scrollTop - state.lastTop,
    updateVisibility() {
      const wasHidden = isHidden;
      isHidden = scroller.clientHeight === 0;
      if (wasHidden && !isHidden) dispatch({ type: 'setTop', top: scroller.scrollTop });
    },
    stop() {
      clearTimeout(holdTimer);
      clearTimeout(restTimer);
      listening.abort();
    },
  };
}

function getEnd({ scrollHeight, clientHeight }: HTMLElement): number {
  return scrollHeight - clientHeight;
}

interface Handlers {
  onGesture: (isAway: boolean, time: number) => void;
  onPress: () => void;
  onRelease: () => void;
  onScroll: (time: number) => void;
  onEndKey: () => void;
}

const UP_KEYS = new Set(['ArrowUp', 'PageUp', 'Home', ' ', 'Tab']);

function listen(
  scroller: HTMLElement,
  { onGesture, onPress, onRelease, onScroll, onEndKey }: Handlers,
  signal: AbortSignal,
): void {
  const options = { passive: true, signal };
  scroller.addEventListener(
    'wheel',
    ({ deltaY, timeStamp }) => onGesture(deltaY < 0, timeStamp),
    options,
  );
  scroller.addEventListener('touchstart', onPress, options);
  scroller.addEventListener('touchmove', ({ timeStamp }) => onGesture(false, timeStamp), options);
  scroller.addEventListener(
    'keydown',
    (event) => {
      const { target, key, timeStamp } = event;
      // Typing in a field inside the list does not scroll.
      if (!isElement(target) || target.matches('input, textarea, select, [contenteditable]'))
        return;
      onGesture(UP_KEYS.has(key), timeStamp);
      // A focusable element that contains the target may scroll instead.
      if (isEndKey(event) && target.closest('[tabindex="0"]') === scroller) onEndKey();
    },
    options,
  );
  scroller.addEventListener(
    'pointerdown',
    // Fingers are observed by touch events: pointer events end when the browser starts to scroll.
    ({ pointerType }) => {
      if (pointerType !== 'touch') onPress();
    },
    options,
  );
  scroller.addEventListener('scroll', ({ timeStamp }) => onScroll(timeStamp), options);
  // The list may be rendered into another window.
  const page = scroller.ownerDocument.defaultView ?? window;
  for (const name of ['pointerup', 'pointercancel', 'dragend', 'touchend', 'touchcancel'])
    page.addEventListener(name, onRelease, options);
  page.addEventListener(
    'pointermove',
    // Some browsers send no pointerup when the scrollbar is released.
    ({ buttons, pointerType }) => {
      if (buttons === 0 && pointerType === 'mouse') onRelease();
    },
    options,
  );
}

function isEndKey({ key, altKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return !altKey && !shiftKey && (key === 'End' || (key === 'ArrowDown' && metaKey));
}
