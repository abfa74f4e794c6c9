import { useEffect, useSyncExternalStore } from 'react';
import type { LazyModule, LazyModuleState } from '../../common/createLazyModule.js';
import { noopSubscribe } from '../../common/noopSubscribe.js';
import { runWhenIdle } from '../../common/runWhenIdle.js';

const NOT_LOADED: LazyModuleState<never> = { value: undefined, error: undefined };

/**
 * Loads the code of a popup when it opens, or before that when the browser is idle after the button was rendered: then
 * the first press does not wait, and a page that goes offline has its popups.
 */
export function usePopupCode<Value>(
  { getState, subscribe, load }: LazyModule<Value>,
  isOpen: boolean,
): LazyModuleState<Value> {
  useEffect(() => runWhenIdle(() => void load()), [load]);
  useEffect(() => {
    if (isOpen) void load();
  }, [load, isOpen]);
  // A list has a button in each row. Closed popups do not render again when the code is loaded.
  return useSyncExternalStore(isOpen ? subscribe : noopSubscribe, getState, () => NOT_LOADED);
}
