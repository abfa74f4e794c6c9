/** What a reader does with an element that scrolls, told apart from what layout and scripts do with it. */
export interface UserScrollObserver {
  /** Whether the end is to be kept in sight. */
  setFollowing: (isFollowing: boolean) => void;
  /** Whether a gesture has begun that may lead away from the end: pinning now would undo it before it is seen. */
  isHolding: () => boolean;
  /** Counts every scrolling that is not ours as the reader's: the browser's search has no gesture that can be seen. */
  setSearching: (isSearching: boolean) => void;
  /** Scrolls without being taken for the reader, and without taking away what the reader has scrolled since the last event. */
  scrollTo: (top: number) => void;
  /** How far down it has been scrolled since the last event, in CSS pixels: a busy page hears of it late. */
  unseen: () => number;
  stop: () => void;
}

interface ReaderOptions {
  /** Whether the end is kept in sight to begin with. */
  isFollowing: boolean;
  onFollowing: (isFollowing: boolean) => void;
  /** It has scrolled, and not by `scrollTo`. */
  onScroll: () => void;
  /** A gesture is over, and the end may be pinned again. */
  onRelease: () => void;
  /** Nobody has scrolled for a moment. */
  onRest: () => void;
}

/** How near to the end counts as the end, in CSS pixels, on the way down. */
const NEAR = 24;
/** How long after a gesture scrolling is still its doing; each step of it counts anew. */
const GESTURE_MS = 300;
const HOLD_MS = 150;
const REST_MS = 150;
const UP_KEYS = new Set(['ArrowUp', 'PageUp', 'Home', ' ', 'Tab']);

/**
 * Watches for the reader: wheel, touch, keys and scrollbar lead away from the end and back to it, nothing else does. Ends
 * with `stop`.
 */
export function observeUserScroll(
  scroller: HTMLElement,
  { isFollowing, onFollowing, onScroll, onRelease, onRest }: ReaderOptions,
): UserScrollObserver {
  let following = isFollowing;
  let searching = false;
  let lastTop = 0;
  let gestureAt = -Infinity;
  let isDown = false;
  let holdTimer: ReturnType<typeof setTimeout> | undefined;
  let restTimer: ReturnType<typeof setTimeout> | undefined;

  const letGo = () => {
    clearTimeout(holdTimer);
    holdTimer = undefined;
  };
  const setFollowing = (next: boolean) => {
    if (next === following) return;
    following = next;
    letGo();
    onFollowing(next);
  };
  const hold = () => {
    letGo();
    holdTimer = setTimeout(() => {
      letGo();
      onRelease();
    }, HOLD_MS);
  };
  const onWheel = (event: WheelEvent) => {
    gestureAt = event.timeStamp;
    if (event.deltaY < 0) hold();
    else letGo();
  };
  const onKey = (event: KeyboardEvent) => {
    // Typing in a field inside the list scrolls nothing.
    if (isField(event.target)) return;
    gestureAt = event.timeStamp;
    if (UP_KEYS.has(event.key)) hold();
  };
  // A press on the element itself, not on what is in it, is one on its scrollbar.
  const onPress = (event: Event) => (isDown = event.target === scroller);
  const onTouch = () => (isDown = true);
  const onTouchMove = (event: Event) => (gestureAt = event.timeStamp);
  const onUp = () => {
    if (!isDown) return;
    isDown = false;
    onRelease();
  };
  // A scrollbar that is let go tells nobody in some browsers.
  const onPointer = ({ buttons, pointerType }: PointerEvent) =>
    buttons === 0 && pointerType === 'mouse' ? onUp() : undefined;
  const onMove = (event: Event) => {
    const top = scroller.scrollTop;
    const moved = top - lastTop;
    lastTop = top;
    // Ours: `scrollTo` has taken note of it already.
    if (moved === 0) return;
    clearTimeout(restTimer);
    restTimer = setTimeout(() => (isDown ? undefined : onRest()), REST_MS);
    if (searching || isDown || event.timeStamp - gestureAt < GESTURE_MS) {
      gestureAt = event.timeStamp;
      const left = scroller.scrollHeight - top - scroller.clientHeight;
      // What gets shorter moves up too, but only to its new end.
      if (moved < 0 && left > 1) setFollowing(false);
      else if (moved > 0 && left <= NEAR) setFollowing(true);
    }
    onScroll();
  };

  const watching = new AbortController();
  const options = { passive: true, signal: watching.signal };
  scroller.addEventListener('wheel', onWheel, options);
  scroller.addEventListener('touchstart', onTouch, options);
  scroller.addEventListener('touchmove', onTouchMove, options);
  scroller.addEventListener('keydown', onKey, options);
  scroller.addEventListener('pointerdown', onPress, options);
  scroller.addEventListener('scroll', onMove, options);
  for (const name of ['pointerup', 'touchend', 'touchcancel'])
    window.addEventListener(name, onUp, options);
  window.addEventListener('pointermove', onPointer, options);

  return {
    setFollowing,
    isHolding: () => holdTimer !== undefined || isDown,
    setSearching: (isSearching) => (searching = isSearching),
    scrollTo(top) {
      const unseen = scroller.scrollTop - lastTop;
      // 'instant' whatever `scroll-behavior` an app has set.
      scroller.scrollTo({ top, behavior: 'instant' });
      lastTop = scroller.scrollTop - unseen;
    },
    unseen: () => scroller.scrollTop - lastTop,
    stop() {
      letGo();
      clearTimeout(restTimer);
      watching.abort();
    },
  };
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  );
}
