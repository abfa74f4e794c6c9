import { useCallback, useSyncExternalStore } from 'react';
import type { FollowedRun } from '../core/run/followRun.js';

const TICK_MS = 1_000;

/**
 * The time in whole Unix seconds while a run is followed. It ticks with what the run writes, in the frame in which that is
 * rendered anyway, and by itself only while nothing comes.
 */
export function useRunClock(followed: FollowedRun | undefined): number {
  const subscribe = useCallback(
    (onTick: () => void) => {
      if (!followed) return () => undefined;
      let toldAt = 0;
      const tell = () => {
        toldAt = Date.now();
        onTick();
      };
      const unsubscribe = followed.subscribe(tell);
      const timer = setInterval(
        () => (Date.now() - toldAt < TICK_MS ? undefined : tell()),
        TICK_MS,
      );
      return () => {
        unsubscribe();
        clearInterval(timer);
      };
    },
    [followed],
  );
  return useSyncExternalStore(subscribe, readClock, readClock);
}

function readClock(): number {
  return Math.floor(Date.now() / 1_000);
}
