import { lazyModule } from '../../../core/lazyModule.js';

/** Editor of a message, and actions of a message that waits. */
export const messageChanges = lazyModule(
  'the message editor',
  () => import('./ThreadMessage.lazy.js'),
);
