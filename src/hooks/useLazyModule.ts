import { useEffect, useSyncExternalStore } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { LazyModule, LazyModuleState } from '../common/createLazyModule.js';

/** Subscribes to a lazily loaded module. Starts loading it once `isNeeded` is true. */
export function useLazyModule<Value>(
  { getState, subscribe, load }: LazyModule<Value, AssistantsError>,
  isNeeded: boolean,
): LazyModuleState<Value, AssistantsError> {
  useEffect(() => {
    if (isNeeded) void load();
  }, [load, isNeeded]);
  return useSyncExternalStore(subscribe, getState, getState);
}
