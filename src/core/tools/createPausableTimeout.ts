import { MAX_TIMER_MS } from '../../common/maxTimerMs.js';

/** A timeout whose time can stand still. */
export interface PausableTimeout {
  /** Stops the time until `resume` has been called as often as `pause`. */
  pause: () => void;
  resume: () => void;
  /** Ends the timeout without calling `onTimeout`. */
  clear: () => void;
}

/** Starts a timeout. Calls `onTimeout` after `timeoutMs` milliseconds, not counting pauses; never for a time over 24 days. */
export function createPausableTimeout(timeoutMs: number, onTimeout: () => void): PausableTimeout {
  let remainingMs = timeoutMs;
  let startedAt = Date.now();
  let pauseCount = 0;
  let isCleared = false;
  let timer = start();

  function start(): ReturnType<typeof setTimeout> | undefined {
    return remainingMs <= MAX_TIMER_MS ? setTimeout(onTimeout, remainingMs) : undefined;
  }

  return {
    pause() {
      pauseCount += 1;
      if (pauseCount > 1) return;
      clearTimeout(timer);
      remainingMs -= Date.now() - startedAt;
    },
    resume() {
      pauseCount -= 1;
      if (pauseCount > 0 || isCleared) return;
      startedAt = Date.now();
      timer = start();
    },
    clear() {
      isCleared = true;
      clearTimeout(timer);
    },
  };
}
