/**
 * A signal that reaches its listeners at most once a frame however often it is given, and within 100 ms where no frame is
 * painted (hidden pages, Node).
 */
export function frames(listeners: ReadonlySet<() => void>): { request: () => void; flush: () => void } {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hasFrames = typeof requestAnimationFrame === 'function';

  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
    timer = frame = undefined;
    for (const listener of listeners) listener();
  };
  const request = () => {
    if (timer !== undefined) return;
    timer = setTimeout(flush, hasFrames ? 100 : 0);
    if (hasFrames) frame = requestAnimationFrame(flush);
  };
  return { request, flush };
}
