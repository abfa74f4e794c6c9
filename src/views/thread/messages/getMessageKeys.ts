import type { KeyboardEvent } from 'react';
import type { ThreadNavigationStore } from '../ThreadNavigation.js';
import type { moveInMessages } from './moveInMessages.lazy.js';

let move: typeof moveInMessages | undefined;

function load(): void {
  // If the import fails, the next focus tries again.
  import('./moveInMessages.lazy.js').then(
    (module) => {
      move = module.moveInMessages;
    },
    () => undefined,
  );
}

/** Event handlers of the message list. Its keys are loaded when the list receives the focus. */
export function getMessageKeys(navigation: ThreadNavigationStore) {
  return {
    onFocus: load,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => move?.(event, navigation),
  };
}
