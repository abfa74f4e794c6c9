import { useState } from 'react';
import { readStored, store } from './storage.js';
import { useShortcuts } from './useShortcuts.js';

const STORAGE_KEY = 'assistants-react:single-keys';
const NONE = {};

/** Runs actions of single keys, unless the user has turned them off. The browser remembers the choice. */
export function useSingleKeys(
  actions: Readonly<Record<string, () => void>>,
): [areOn: boolean, setAreOn: (areOn: boolean) => void] {
  const [areOn, setAreOn] = useState(() => readStored(STORAGE_KEY) !== false);
  useShortcuts(areOn ? actions : NONE);
  return [
    areOn,
    (next) => {
      store(STORAGE_KEY, next);
      setAreOn(next);
    },
  ];
}
