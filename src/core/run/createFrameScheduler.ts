/** Notifies its listeners at most once per frame. */
export interface FrameScheduler {
  /** Schedules a notification, unless one is scheduled already. */
  request: () => void;
  /** Notifies the listeners immediately if a notification is scheduled. */
  flush: () => void;
  /** Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /** Removes its event listener from the page. Later requests still notify the listeners. */
  stop: () => void;
}

/** Time after a key press during which the user counts as typing. */
const TYPING_MS = 1_000;
/** Longest wait for the next key while the user types. */
const KEY_WAIT_MS = 250;
/** Longest wait for a frame. Hidden pages paint none. */
const FRAME_WAIT_MS = 100;
/** Delay after the frame of a key. Other code defers its work to the end of that frame, and must run first. */
const AFTER_KEY_FRAME_MS = 4;

/**
 * Creates a scheduler that notifies its listeners at most once per frame, within 100 ms on hidden pages, and in the next task
 * in runtimes without frames.
 *
 * While the user types, it requests no frames of its own: it notifies after the frame of each key, or after 250 ms without a
 * key. In a page that changes in every frame, Chromium shows each key one frame later and delays all tasks as long as another
 * frame is requested.
 */
export function createFrameScheduler(): FrameScheduler {
  const listeners = new Set<() => void>();
  const hasFrames = typeof requestAnimationFrame === 'function';
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastKeyAtMs = -Infinity;
  let isWaitingForKeyFrame = false;

  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
    timer = undefined;
    frame = undefined;
    isWaitingForKeyFrame = false;
    for (const listener of listeners) listener();
  };
  const onFrame = () => {
    frame = undefined;
    if (!isWaitingForKeyFrame) return flush();
    clearTimeout(timer);
    timer = setTimeout(flush, AFTER_KEY_FRAME_MS);
  };
  const request = () => {
    if (timer !== undefined) return;
    const isTyping = performance.now() - lastKeyAtMs < TYPING_MS;
    timer = setTimeout(flush, getWaitMs(isTyping, hasFrames));
    if (hasFrames && !isTyping) frame = requestAnimationFrame(onFrame);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isTextField(event.composedPath()[0])) return;
    lastKeyAtMs = performance.now();
    if (timer === undefined || isWaitingForKeyFrame) return;
    isWaitingForKeyFrame = true;
    frame ??= requestAnimationFrame(onFrame);
  };
  // React Native has frames, but its global object has no events.
  if (hasFrames) globalThis.addEventListener?.('keydown', onKeyDown, true);
  return {
    request,
    flush,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop() {
      globalThis.removeEventListener?.('keydown', onKeyDown, true);
      lastKeyAtMs = -Infinity;
      isWaitingForKeyFrame = false;
    },
  };
}

/** The timer is the fallback for frames and keys that do not come. */
function getWaitMs(isTyping: boolean, hasFrames: boolean): number {
  if (isTyping) return KEY_WAIT_MS;
  return hasFrames ? FRAME_WAIT_MS : 0;
}

/** Keys outside of text fields scroll or move the focus. */
function isTextField(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.matches('input, textarea, [contenteditable]');
}
