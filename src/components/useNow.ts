import { useCallback, useSyncExternalStore } from 'react';
import { toUnixSeconds } from '../common/toUnixSeconds.js';

const TICK_MS = 1_000;

/**
 * Returns the current time as a Unix timestamp in whole seconds. Undefined on a server and during hydration: a page that
 * is rendered once for all requests has no time.
 *
 * @param isTicking Renders again every second while it is true.
 * @param fixedTime Returned in place of the time of the clock: the time of a server, or a constant for a screenshot.
 */
export function useNow(isTicking: boolean, fixedTime?: number): number | undefined {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (!isTicking || fixedTime !== undefined) return () => undefined;
      const timer = setInterval(onTick, TICK_MS);
      return () => clearInterval(timer);
    },
    [isTicking, fixedTime],
  );
  const now = useSyncExternalStore<number | undefined>(subscribe, readClock, () => undefined);
  return fixedTime ?? now;
}

function readClock(): number {
  return toUnixSeconds(Date.now());
}
