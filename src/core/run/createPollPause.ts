import { isHidden } from '../../common/isHidden.js';

/** A pause that can be cut short. */
export interface PollPause {
  /**
   * Resolves after the time, or at `wake`, or when a hidden page is shown or the network comes back.
   *
   * @param leastMs What of the time must pass all the same, but for `wake`.
   */
  wait(ms: number, leastMs?: number): Promise<void>;
  /** Ends the present pause, or the next one before it begins. */
  wake(): void;
}

/** @param signal Ends every pause; the caller looks at it after each. */
export function createPollPause(signal: AbortSignal): PollPause {
  let end: (() => void) | undefined;
  let isOwed = false;
  const wake = () => {
    isOwed = end === undefined;
    end?.();
  };
  signal.addEventListener('abort', wake);

  async function wait(ms: number, leastMs = 0) {
    if (isOwed || signal.aborted) {
      isOwed = false;
      return;
    }
    const beganAt = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hasten = () => {
      clearTimeout(timer);
      timer = setTimeout(wake, beganAt + leastMs - Date.now());
    };
    const onShown = () => {
      if (!isHidden()) hasten();
    };
    await new Promise<void>((resolve) => {
      end = resolve;
      timer = setTimeout(resolve, ms);
      // React Native has no page to listen on.
      globalThis.document?.addEventListener('visibilitychange', onShown);
      globalThis.addEventListener?.('online', hasten);
    });
    end = undefined;
    clearTimeout(timer);
    globalThis.document?.removeEventListener('visibilitychange', onShown);
    globalThis.removeEventListener?.('online', hasten);
  }
  return { wait, wake };
}
