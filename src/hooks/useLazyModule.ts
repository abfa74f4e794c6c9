import { useEffect, useSyncExternalStore } from 'react';
import type { LazyModule, LazyModuleState } from '../core/lazyModule.js';

/** Subscribes to a lazily loaded module and starts loading it once `isWanted` is true. */
export function useLazyModule<Value>(
  { getState, subscribe, fetch }: LazyModule<Value>,
  isWanted: boolean,
): LazyModuleState<Value> {
  useEffect(() => {
    if (isWanted) void fetch();
  }, [fetch, isWanted]);
  return useSyncExternalStore(subscribe, getState, getState);
}
