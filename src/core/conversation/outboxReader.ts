import { lazyModule } from '../lazyModule.js';

/** Loads the code that reads messages that earlier pages of this tab have not sent. */
export const outboxReader = lazyModule(
  'the messages that are not sent',
  async () => (await import('./readOutbox.lazy.js')).readOutbox,
);
