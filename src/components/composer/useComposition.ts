import { useMemo, useRef, type KeyboardEvent } from 'react';

/** Handlers of a text field in which Enter may belong to an input method. */
export interface Composition {
  onCompositionStart: () => void;
  onCompositionEnd: () => void;
  /** Returns true if the input method handles the key. */
  isComposing: (event: KeyboardEvent) => boolean;
}

/** Key code that browsers report for keys which the input method handles. */
const INPUT_METHOD_KEY = 229;

/**
 * Detects keys that belong to an input method. No browser reports all of them the same way, so it checks `isComposing`, key
 * code 229, which Safari reports for the Enter after the end of a composition, and whether a composition has ended in the
 * current task.
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
        isActive.current || event.nativeEvent.isComposing || event.keyCode === INPUT_METHOD_KEY,
    }),
    [],
  );
}
