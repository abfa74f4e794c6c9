import { useEffect, useSyncExternalStore } from 'react';
import type { LazyModule, LazyModuleState } from '../../common/createLazyModule.js';
import { noopSubscribe } from '../../common/noopSubscribe.js';

const NOT_LOADED: LazyModuleState<never> = { value: undefined, error: undefined };

/** Loads the code of a popup when it opens. */
export function useCodeOnDemand<Value>(
  { getState, subscribe, load }: LazyModule<Value>,
  isOpen: boolean,
): LazyModuleState<Value> {
  useEffect(() => {
    if (isOpen) void load();
  }, [load, isOpen]);
  // A list has a button in each row. Closed popups do not render again when the code is loaded.
  return useSyncExternalStore(isOpen ? subscribe : noopSubscribe, getState, () => NOT_LOADED);
}
