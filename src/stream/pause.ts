/** A pause that can be cut short. */
export interface Pause {
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
export function createPause(signal: AbortSignal): Pause {
  let end: (() => void) | undefined;
  let hasten: (() => void) | undefined;
  let isOwed = false;
  const wake = () => {
    isOwed = end === undefined;
    end?.();
  };
  const onShown = () => {
    if (!isHidden()) hasten?.();
  };

  async function wait(ms: number, leastMs = 0) {
    if (isOwed || signal.aborted) {
      isOwed = false;
      return;
    }
    const page = typeof document === 'undefined' ? undefined : document;
    const network = typeof window === 'undefined' ? undefined : window;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onOnline = () => hasten?.();
    const beganAt = Date.now();
    await new Promise<void>((resolve) => {
      end = resolve;
      timer = setTimeout(resolve, ms);
      hasten = () => {
        clearTimeout(timer);
        const leftMs = beganAt + leastMs - Date.now();
        if (leftMs > 0) timer = setTimeout(resolve, leftMs);
        else resolve();
      };
      page?.addEventListener('visibilitychange', onShown);
      network?.addEventListener('online', onOnline);
      signal.addEventListener('abort', wake);
    });
    network?.removeEventListener('online', onOnline);
    end = hasten = undefined;
    clearTimeout(timer);
    page?.removeEventListener('visibilitychange', onShown);
    signal.removeEventListener('abort', wake);
  }
  return { wait, wake };
}

/** Whether the page cannot be seen. */
export function isHidden(): boolean {
  return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}
