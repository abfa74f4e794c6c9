import { beforeAll } from 'vitest';

/**
 * Loads the code that repairs responses before the tests of a file. Call it in files that use fake timers and respond with
 * incomplete objects: a module is loaded in real time.
 */
export function preloadRepair(): void {
  beforeAll(async () => {
    await import('../src/client/normalize.lazy.js');
  });
}
