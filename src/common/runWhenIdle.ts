/** Delay in browsers without `requestIdleCallback`. */
const DELAY_MS = 1_000;

/** Runs an action when the browser has nothing else to do. Returns a function that cancels it. */
export function runWhenIdle(action: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(action);
    return () => cancelIdleCallback(id);
  }
  const timer = setTimeout(action, DELAY_MS);
  return () => clearTimeout(timer);
}
