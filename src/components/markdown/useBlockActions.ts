import { useSyncExternalStore } from 'react';
import { createStore } from '../../common/createStore.js';
import type * as Actions from './blockActions.lazy.js';

const { getState, setState, subscribe } = createStore<typeof Actions | undefined>(undefined);

function load(): void {
  // If the import fails, the buttons are missing. The next block that is pointed at tries again.
  if (!getState()) import('./blockActions.lazy.js').then(setState, () => undefined);
}

const getUndefined = (): undefined => undefined;

/** Handlers of an element that load the buttons of blocks when the user points at it, or it receives the focus. */
export const blockActionsLoader = { onPointerEnter: load, onFocus: load };

/** Returns the buttons of tables and code blocks. Undefined until they are loaded. */
export function useBlockActions(): typeof Actions | undefined {
  return useSyncExternalStore(subscribe, getState, getUndefined);
}
