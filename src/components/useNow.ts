import { useCallback, useSyncExternalStore } from 'react';

const TICK_MS = 1_000;

/**
 * The time in whole Unix seconds; rendered again each second while something counts on it. Ends with the component.
 * @param given in place of the clock, for a server's time or a still picture
 */
export function useNow(isTicking: boolean, given?: number): number {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (!isTicking || given !== undefined) return () => undefined;
      const timer = setInterval(onTick, TICK_MS);
      return () => clearInterval(timer);
    },
    [isTicking, given],
  );
  const now = useSyncExternalStore(subscribe, readClock, readClock);
  return given ?? now;
}

function readClock(): number {
  return Math.floor(Date.now() / 1000);
}
