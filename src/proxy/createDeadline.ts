import { MAX_TIMER_MS } from '../common/maxTimerMs.js';
import type { ProxyFailure } from './ProxyFailure.js';

/** Time limits of one request. */
export interface Deadline {
  /** Aborts when the caller disconnects, when a limit has passed, and on `abort`. */
  signal: AbortSignal;
  /**
   * Settles like `work`. Rejects if it takes longer than the limit, or if the caller disconnects. `work` may ignore the signal.
   */
  within<T>(work: Promise<T>, limitMs: number, createFailure: () => ProxyFailure): Promise<T>;
  abort(): void;
}

/** Creates the time limits of a request that ends with the signal of the caller. */
export function createDeadline(caller: AbortSignal): Deadline {
  const controller = new AbortController();
  const signal = AbortSignal.any([caller, controller.signal]);
  return {
    signal,
    abort: () => controller.abort(),
    async within(work, limitMs, createFailure) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let onAbort = () => {};
      const end = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => {
            reject(createFailure());
            controller.abort();
          },
          Math.min(limitMs, MAX_TIMER_MS),
        );
        onAbort = () => reject(signal.reason as Error);
        signal.addEventListener('abort', onAbort);
        if (signal.aborted) onAbort();
      });
      try {
        return await Promise.race([work, end]);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
