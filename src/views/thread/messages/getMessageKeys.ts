import type { KeyboardEvent } from 'react';
import { lazyModule } from '../../../core/lazyModule.js';
import type { ThreadNavigationStore } from '../ThreadNavigation.js';

const keysModule = lazyModule(
  'the keys of the message list',
  async () => (await import('./moveInMessages.lazy.js')).moveInMessages,
);

/** Event handlers of the message list. Its keys are loaded when the list receives the focus. */
export function getMessageKeys(navigation: ThreadNavigationStore) {
  return {
    onFocus: () => void keysModule.load(),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) =>
      keysModule.getState().value?.(event, navigation),
  };
}
