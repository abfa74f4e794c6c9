import { lazyModule } from '../core/lazyModule.js';

/** The form library and its templates. */
export const schemaFormModule = lazyModule(
  'the form',
  async () => (await import('./SchemaForm.lazy.js')).SchemaFormContent,
);
