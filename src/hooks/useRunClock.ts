import { useCallback, useSyncExternalStore } from 'react';
import { toUnixSeconds } from '../common/toUnixSeconds.js';
import type { FollowedRun } from '../core/run/FollowedRun.js';

const TICK_MS = 1_000;

/**
 * Returns the time in whole Unix seconds, and updates it while a run is followed: together with every change of the run, so
 * that both take one render, and every second while the run does not change. Undefined on a server and during hydration.
 */
export function useRunClock(followed: FollowedRun | undefined): number | undefined {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (!followed) return () => undefined;
      let lastTickAt = 0;
      const tick = () => {
        lastTickAt = Date.now();
        onTick();
      };
      const unsubscribe = followed.subscribe(tick);
      const timer = setInterval(() => {
        if (Date.now() - lastTickAt >= TICK_MS) tick();
      }, TICK_MS);
      return () => {
        unsubscribe();
        clearInterval(timer);
      };
    },
    [followed],
  );
  return useSyncExternalStore<number | undefined>(subscribe, getUnixTime, () => undefined);
}

function getUnixTime(): number {
  return toUnixSeconds(Date.now());
}
