import { lazyModule } from '../../../core/lazyModule.js';

/**
 * Components for files and sources of messages, for content other than text, and for incomplete messages. Loaded with
 * the first message or composer that needs them.
 */
export const threadFiles = lazyModule(
  'the components for files and sources',
  async () => await import('./threadFiles.lazy.js'),
);
