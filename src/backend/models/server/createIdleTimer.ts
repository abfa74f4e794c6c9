import { MAX_TIMER_MS } from '../../../common/maxTimerMs.js';

/** Timer that aborts a request when the server is silent for too long. */
export interface IdleTimer {
  timeoutMs: number;
  signal: AbortSignal;
  /** Call when data has arrived. */
  restart: () => void;
  isExpired: () => boolean;
  /** Ends the request, too, if it is still open. */
  stop: () => void;
}

/** Creates a signal that aborts with another one, after a time without `restart`, or on `stop`. */
export function createIdleTimer(timeoutMs: number, outerSignal: AbortSignal): IdleTimer {
  const controller = new AbortController();
  const onOuterAbort = () => controller.abort(outerSignal.reason);
  let isExpired = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        isExpired = true;
        controller.abort();
      },
      Math.min(timeoutMs, MAX_TIMER_MS),
    );
  };
  restart();
  outerSignal.addEventListener('abort', onOuterAbort);
  if (outerSignal.aborted) onOuterAbort();
  return {
    timeoutMs,
    signal: controller.signal,
    restart,
    isExpired: () => isExpired,
    stop() {
      clearTimeout(timer);
      outerSignal.removeEventListener('abort', onOuterAbort);
      controller.abort();
    },
  };
}
