import { useState, type FocusEvent } from 'react';
import { isElement } from '../../common/isElement.js';
import type { ThreadEntry } from '../../core/threads/ThreadRegistry.js';

/** Result of `useHeldThreads`. */
export interface HeldThreads {
  /** The threads, or those from when the user began to change a title. */
  threads: readonly ThreadEntry[];
  /** Returns true if the focus ends the change of a title, and the list has changed meanwhile. */
  onFocus: (event: FocusEvent) => boolean;
  onBlur: (event: FocusEvent) => void;
}

const FIELD = '[data-part="thread-list-item"] input';

/**
 * Holds the list while the user changes the title of a thread, for which its field has the focus. A row that moves to another
 * group would lose the field with what the user has typed.
 */
export function useHeldThreads(threads: readonly ThreadEntry[]): HeldThreads {
  const [held, setHeld] = useState<readonly ThreadEntry[]>();
  return {
    threads: held ?? threads,
    onFocus({ target }) {
      if (target.matches(FIELD)) {
        setHeld(held ?? threads);
        return false;
      }
      setHeld(undefined);
      return held !== undefined && held !== threads;
    },
    onBlur({ target }) {
      if (isElement(target) && target.matches(FIELD)) setHeld(undefined);
    },
  };
}
