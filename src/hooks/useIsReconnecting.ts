import { useEffect, useState } from 'react';
import type { FollowedRun } from '../core/run/FollowedRun.js';
import { isDisconnected } from '../core/run/runPhase.js';
import { useFollowedRun } from './useFollowedRun.js';

/** Most interruptions are over before a user could read about them. */
const SILENT_MS = 1_000;

/** Returns true once the connection to a followed run has been lost for a second, until the server responds again. */
export function useIsReconnecting(followed: FollowedRun | undefined): boolean {
  const isLost = useFollowedRun(followed, isDisconnected);
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isLost) return undefined;
    const timer = setTimeout(() => setIsLate(true), SILENT_MS);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isLost, followed]);
  return isLost && isLate;
}
