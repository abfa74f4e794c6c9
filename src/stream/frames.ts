/** A signal that reaches its listeners at most once a frame. */
export interface Frames {
  request: () => void;
  /** Gives what was requested now. */
  flush: () => void;
  /** Takes its own listener off the page. What is requested afterwards is still given. */
  stop: () => void;
}

/**
 * A signal that reaches its listeners at most once a frame however often it is given, and within 100 ms where no frame is
 * painted (hidden pages, Node). The frame that shows what a person has just typed is left to that.
 */
export function frames(listeners: ReadonlySet<() => void>): Frames {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTyping = false;
  const hasFrames = typeof requestAnimationFrame === 'function';

  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
    timer = frame = undefined;
    for (const listener of listeners) listener();
  };
  const onFrame = () => {
    if (!isTyping) return flush();
    isTyping = false;
    frame = requestAnimationFrame(onFrame);
  };
  const request = () => {
    if (timer !== undefined) return;
    timer = setTimeout(flush, hasFrames ? 100 : 0);
    if (hasFrames) frame = requestAnimationFrame(onFrame);
  };
  const onKey = () => (isTyping = true);
  // React Native has frames, and no page to listen on.
  globalThis.addEventListener?.('keydown', onKey, true);
  const stop = () => {
    globalThis.removeEventListener?.('keydown', onKey, true);
    isTyping = false;
  };
  return { request, flush, stop };
}
