import { useMemo, useRef, type KeyboardEvent } from 'react';

/** Handlers of a text field that must tell an Enter which ends a composition from one which sends. */
export interface Composition {
  onCompositionStart: () => void;
  onCompositionEnd: () => void;
  /** Whether the key belongs to an input method and not to us. */
  isComposing: (event: KeyboardEvent) => boolean;
}

/** The key code that browsers report for keys which an input method has taken. */
const TAKEN_KEY = 229;

/**
 * Follows an input method. Three signs, since no browser gives all: `isComposing`; key code 229, with which Safari reports the
 * Enter that comes after the end of the composition; and one tick of grace after that end.
 */
export function useComposition(): Composition {
  const isActive = useRef(false);
  return useMemo(
    () => ({
      onCompositionStart() {
        isActive.current = true;
      },
      onCompositionEnd() {
        setTimeout(() => {
          isActive.current = false;
        }, 0);
      },
      isComposing: (event) =>
        isActive.current || event.nativeEvent.isComposing || event.keyCode === TAKEN_KEY,
    }),
    [],
  );
}
