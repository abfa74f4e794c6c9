/** A signal that reaches its listeners at most once a frame. */
export interface FrameScheduler {
  request: () => void;
  /** Gives what was requested now. */
  flush: () => void;
  /** Takes its own listener off the page. What is requested afterwards is still given. */
  stop: () => void;
}

/** How long after a key somebody is still typing, in milliseconds. */
const TYPING_MS = 1_000;
/** How long to wait for the next key. */
const PAUSE_MS = 250;
/** Behind what others have put off to the end of a key's frame. */
const BEHIND_MS = 4;

/**
 * A signal that reaches its listeners at most once a frame however often it is given, and within 100 ms where no frame is
 * painted (hidden pages, Node).
 *
 * While somebody types, no frame is asked for but those of the keys: the signal comes behind each, or after 250 ms without
 * one. In a page that changes with every frame, a key waits for the next frame, Chromium shows that one frame late, and puts
 * off every task as long as another one is asked for.
 */
export function createFrameScheduler(listeners: ReadonlySet<() => void>): FrameScheduler {
  const hasFrames = typeof requestAnimationFrame === 'function';
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let typedAt = -Infinity;
  let isBehindKey = false;

  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
    timer = frame = undefined;
    isBehindKey = false;
    for (const listener of listeners) listener();
  };
  const onFrame = () => {
    frame = undefined;
    if (!isBehindKey) return flush();
    clearTimeout(timer);
    timer = setTimeout(flush, BEHIND_MS);
  };
  const request = () => {
    if (timer !== undefined) return;
    const isTyping = performance.now() - typedAt < TYPING_MS;
    timer = setTimeout(flush, isTyping ? PAUSE_MS : hasFrames ? 100 : 0);
    if (hasFrames && !isTyping) frame = requestAnimationFrame(onFrame);
  };
  const onKey = (event: KeyboardEvent) => {
    const [field] = event.composedPath();
    // Other keys scroll, or go from part to part.
    if (!(field instanceof Element && field.matches('input, textarea, [contenteditable]'))) return;
    typedAt = performance.now();
    if (timer === undefined || isBehindKey) return;
    isBehindKey = true;
    frame ??= requestAnimationFrame(onFrame);
  };
  // React Native has frames, and no page to listen on.
  if (hasFrames) globalThis.addEventListener?.('keydown', onKey, true);
  const stop = () => {
    globalThis.removeEventListener?.('keydown', onKey, true);
    typedAt = -Infinity;
    isBehindKey = false;
  };
  return { request, flush, stop };
}
