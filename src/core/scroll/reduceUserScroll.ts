/** State of the user's scrolling. Positions are in CSS pixels, times are event timestamps in milliseconds. */
export interface UserScrollState {
  /** True while the end of the list is kept in view. */
  isFollowing: boolean;
  /** True while a finger, a mouse button or the scrollbar is pressed. */
  isPressed: boolean;
  /**
   * Time of the last gesture that may lead away from the end; undefined after the hold time or a change of
   * `isFollowing`.
   */
  heldAt: number | undefined;
  /** Time of the last gesture, or of the last scrolling that it caused. */
  gestureAt: number;
  /** End position at the last gesture. */
  gestureEnd: number;
  /** Position at the last scroll event. */
  lastTop: number;
}

export type UserScrollEvent =
  /** A gesture that scrolls. `isAway` if it may lead away from the end. `end` is the greatest possible position. */
  | { type: 'gesture'; isAway: boolean; end: number; time: number }
  | { type: 'press'; isPressed: boolean }
  | { type: 'holdEnd' }
  /** Scrolling by the user, the browser or a script. */
  | { type: 'scroll'; top: number; end: number; time: number }
  /** Scrolling by `scrollTo` of the observer. */
  | { type: 'ownScroll'; topBefore: number; topAfter: number; end: number }
  /** The position was changed by something else than scrolling: the list was hidden, or is another one. */
  | { type: 'setTop'; top: number }
  | { type: 'setFollowing'; isFollowing: boolean };

/** Distance from the end that counts as the end on the way down. */
const END_DISTANCE_PX = 24;
/** Time after a gesture in which scrolling counts as caused by it. Each scroll event starts it again (inertia). */
const GESTURE_MS = 300;

export function createUserScrollState(isFollowing: boolean, lastTop: number): UserScrollState {
  return {
    isFollowing,
    isPressed: false,
    heldAt: undefined,
    gestureAt: -Infinity,
    gestureEnd: Infinity,
    lastTop,
  };
}

/**
 * Decides when the end is kept in view. Every movement up that the observer did not cause ends it, unless the browser
 * moved the view to the end of shorter content. Reaching the end starts it again.
 */
export function reduceUserScroll(state: UserScrollState, event: UserScrollEvent): UserScrollState {
  switch (event.type) {
    case 'gesture':
      return {
        ...state,
        gestureAt: event.time,
        gestureEnd: event.end,
        heldAt: event.isAway ? event.time : state.heldAt,
      };
    case 'press':
      return { ...state, isPressed: event.isPressed };
    case 'holdEnd':
      return { ...state, heldAt: undefined };
    case 'scroll':
      return reduceScroll(state, event);
    case 'ownScroll': {
      // Keeps the distance that the user has scrolled since the last scroll event.
      const pending = event.topBefore - Math.min(state.lastTop, event.end);
      return {
        ...state,
        lastTop: event.topAfter - pending,
        gestureEnd: state.gestureEnd + event.topAfter - event.topBefore,
      };
    }
    case 'setTop':
      return { ...state, lastTop: event.top };
    case 'setFollowing':
      return setFollowing(state, event.isFollowing);
  }
}

function reduceScroll(
  state: UserScrollState,
  { top, end, time }: Extract<UserScrollEvent, { type: 'scroll' }>,
): UserScrollState {
  if (top === state.lastTop) return state;
  // The browser moves the view up to the end of content that gets shorter.
  const movedBy = top - Math.min(state.lastTop, end);
  const isGesture = state.isPressed || time - state.gestureAt < GESTURE_MS;
  const moved = { ...state, lastTop: top, gestureAt: isGesture ? time : state.gestureAt };
  if (movedBy < 0 && end - top > 1) return setFollowing(moved, false);
  // Text that grows while the view moves must not keep the user from reaching the end.
  const reachedEnd = isGesture ? Math.min(end, state.gestureEnd) : end;
  if (movedBy > 0 && top >= reachedEnd - END_DISTANCE_PX) return setFollowing(moved, true);
  return moved;
}

function setFollowing(state: UserScrollState, isFollowing: boolean): UserScrollState {
  return isFollowing === state.isFollowing ? state : { ...state, isFollowing, heldAt: undefined };
}
