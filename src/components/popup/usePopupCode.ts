import { useEffect } from 'react';
import type { LazyModule, LazyModuleState } from '../../common/createLazyModule.js';
import { runWhenIdle } from '../../common/runWhenIdle.js';
import { useCodeOnDemand } from './useCodeOnDemand.js';

/**
 * Loads the code of a popup when it opens, or before that when the browser is idle after the button was rendered: then
 * the first press does not wait, and a page that goes offline has its popups.
 */
export function usePopupCode<Value>(
  module: LazyModule<Value>,
  isOpen: boolean,
): LazyModuleState<Value> {
  const { load } = module;
  useEffect(() => runWhenIdle(() => void load()), [load]);
  return useCodeOnDemand(module, isOpen);
}
