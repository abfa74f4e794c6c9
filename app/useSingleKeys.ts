import { useState } from 'react';
import { useShortcuts } from './useShortcuts.js';

const STORAGE_KEY = 'assistants-react:single-keys';
const NONE = {};

/** Runs actions of single keys, unless the user has turned them off. The browser remembers the choice. */
export function useSingleKeys(
  actions: Readonly<Record<string, () => void>>,
): [areOn: boolean, setAreOn: (areOn: boolean) => void] {
  const [areOn, setAreOn] = useState(() => localStorage.getItem(STORAGE_KEY) !== 'off');
  useShortcuts(areOn ? actions : NONE);
  return [
    areOn,
    (next) => {
      localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off');
      setAreOn(next);
    },
  ];
}
