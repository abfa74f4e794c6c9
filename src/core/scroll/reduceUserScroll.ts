/** State of the user's scrolling. Positions are in CSS pixels, times are event timestamps in milliseconds. */
export interface UserScrollState {
  /** True while the end of the list is kept in view. */
  isFollowing: boolean;
  /** True while the browser's find-in-page may scroll. It has no gesture that a page can observe. */
  isSearching: boolean;
  /** True while a finger or the scrollbar is pressed. */
  isPressed: boolean;
  /**
   * Time of the last gesture that may lead away from the end; undefined after the hold time or a change of
   * `isFollowing`.
   */
  heldAt: number | undefined;
  /** Time of the last gesture, or of the last scrolling that it caused. */
  gestureAt: number;
  /** Position at the last scroll event. */
  lastTop: number;
}

export type UserScrollEvent =
  | { type: 'wheel'; deltaY: number; time: number }
  | { type: 'key'; key: string; time: number }
  | { type: 'press'; isOnScrollbar: boolean }
  | { type: 'touchStart' }
  | { type: 'touchMove'; time: number }
  | { type: 'release' }
  | { type: 'holdEnd' }
  | { type: 'scroll'; top: number; distanceToEnd: number; time: number }
  /** Scrolling by `scrollTo` of the observer. */
  | { type: 'ownScroll'; topBefore: number; topAfter: number }
  | { type: 'setFollowing'; isFollowing: boolean }
  | { type: 'setSearching'; isSearching: boolean };

/** Distance from the end that counts as the end on the way down. */
const END_DISTANCE_PX = 24;
/** Time after a gesture in which scrolling counts as caused by it. Each scroll event starts it again (inertia). */
const GESTURE_MS = 300;
const UP_KEYS = new Set(['ArrowUp', 'PageUp', 'Home', ' ', 'Tab']);

export function createUserScrollState(isFollowing: boolean): UserScrollState {
  return {
    isFollowing,
    isSearching: false,
    isPressed: false,
    heldAt: undefined,
    gestureAt: -Infinity,
    lastTop: 0,
  };
}

/**
 * Decides which scrolling is the user's: only wheel, touch, keys, scrollbar and find-in-page start or end following.
 * Scrolling by layout and by scripts changes the position only.
 */
export function reduceUserScroll(state: UserScrollState, event: UserScrollEvent): UserScrollState {
  switch (event.type) {
    case 'wheel':
      return {
        ...state,
        gestureAt: event.time,
        heldAt: event.deltaY < 0 ? event.time : undefined,
      };
    case 'key':
      return {
        ...state,
        gestureAt: event.time,
        heldAt: UP_KEYS.has(event.key) ? event.time : state.heldAt,
      };
    case 'press':
      return { ...state, isPressed: event.isOnScrollbar };
    case 'touchStart':
      return { ...state, isPressed: true };
    case 'touchMove':
      return { ...state, gestureAt: event.time };
    case 'release':
      return state.isPressed ? { ...state, isPressed: false } : state;
    case 'holdEnd':
      return { ...state, heldAt: undefined };
    case 'scroll':
      return reduceScroll(state, event);
    case 'ownScroll':
      // Keeps the distance that the user has scrolled since the last scroll event.
      return { ...state, lastTop: event.topAfter - (event.topBefore - state.lastTop) };
    case 'setFollowing':
      return setFollowing(state, event.isFollowing);
    case 'setSearching':
      return { ...state, isSearching: event.isSearching };
  }
}

function reduceScroll(
  state: UserScrollState,
  { top, distanceToEnd, time }: Extract<UserScrollEvent, { type: 'scroll' }>,
): UserScrollState {
  const movedBy = top - state.lastTop;
  if (movedBy === 0) return state;
  const moved = { ...state, lastTop: top };
  const isUserScroll = state.isSearching || state.isPressed || time - state.gestureAt < GESTURE_MS;
  if (!isUserScroll) return moved;
  moved.gestureAt = time;
  // A list that gets shorter moves up as well, but only to its new end.
  if (movedBy < 0 && distanceToEnd > 1) return setFollowing(moved, false);
  if (movedBy > 0 && distanceToEnd <= END_DISTANCE_PX) return setFollowing(moved, true);
  return moved;
}

function setFollowing(state: UserScrollState, isFollowing: boolean): UserScrollState {
  return isFollowing === state.isFollowing ? state : { ...state, isFollowing, heldAt: undefined };
}
