/**
 * Reports an error that no caller can catch, as an uncaught exception: to the `error` event of the window, the console
 * and error trackers. Runtimes without `globalThis.reportError` get an exception thrown in a task of its own.
 */
export function reportError(error: unknown): void {
  if (typeof globalThis.reportError === 'function') {
    globalThis.reportError(error);
    return;
  }
  setTimeout(() => {
    throw error;
  }, 0);
}
