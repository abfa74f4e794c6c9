import { isHidden } from '../../common/isHidden.js';

/** A delay between polls that can be ended early. */
export interface PollPause {
  /**
   * Resolves after the delay, after `wake`, or when a hidden page is shown or the network comes back.
   *
   * @param minDelayMs Part of the delay that only `wake` can end early. @default 0
   */
  wait(delayMs: number, minDelayMs?: number): Promise<void>;
  /** Ends the current pause, or the next one if there is none. */
  wake(): void;
}

/**
 * Creates the pause of a poller.
 *
 * @param signal Ends every pause when it aborts. The caller has to check it after each one.
 */
export function createPollPause(signal: AbortSignal, now: () => number = Date.now): PollPause {
  let resume: (() => void) | undefined;
  let isWakeRequested = false;
  const wake = () => {
    isWakeRequested = resume === undefined;
    resume?.();
  };
  signal.addEventListener('abort', wake);

  async function wait(delayMs: number, minDelayMs = 0): Promise<void> {
    if (isWakeRequested || signal.aborted) {
      isWakeRequested = false;
      return;
    }
    const startedAtMs = now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const shorten = () => {
      clearTimeout(timer);
      timer = setTimeout(wake, startedAtMs + minDelayMs - now());
    };
    const onVisibilityChange = () => {
      if (!isHidden()) shorten();
    };
    await new Promise<void>((resolve) => {
      resume = resolve;
      timer = setTimeout(resolve, delayMs);
      // React Native has no document, and its global object has no events.
      globalThis.document?.addEventListener('visibilitychange', onVisibilityChange);
      globalThis.addEventListener?.('online', shorten);
    });
    resume = undefined;
    clearTimeout(timer);
    globalThis.document?.removeEventListener('visibilitychange', onVisibilityChange);
    globalThis.removeEventListener?.('online', shorten);
  }
  return { wait, wake };
}
