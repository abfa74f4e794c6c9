import { useEffect, useSyncExternalStore } from 'react';
import type { LazyModule, LazyModuleState } from '../core/lazyModule.js';

/** Subscribes to a lazily loaded module. Starts loading it once `isNeeded` is true. */
export function useLazyModule<Value>(
  { getState, subscribe, load }: LazyModule<Value>,
  isNeeded: boolean,
): LazyModuleState<Value> {
  useEffect(() => {
    if (isNeeded) void load();
  }, [load, isNeeded]);
  return useSyncExternalStore(subscribe, getState, getState);
}
