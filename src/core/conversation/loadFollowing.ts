import type { syncThread } from '../../queries/cache/syncThread.js';
import { importModule } from '../lazyModule.js';
import type { FollowToEnd } from '../run/startFollowing.js';

/** Code that a conversation needs once it has a run. */
interface Following {
  followToEnd: FollowToEnd;
  syncThread: typeof syncThread;
}

/**
 * Loads the code that creates runs, reads their streams, polls them, and loads what they have written.
 *
 * @throws AssistantsError of kind 'network' with code 'not_loaded'
 */
export function loadFollowing(): Promise<Following> {
  return importModule('the code that follows runs', async () => {
    const [run, cache] = await Promise.all([
      import('../run/followToEnd.js'),
      import('../../queries/cache/syncThread.js'),
    ]);
    return { followToEnd: run.followToEnd, syncThread: cache.syncThread };
  });
}

/** Loads the code before it is needed, unless the browser is offline. After a failure, it is loaded again with the first run. */
export function preloadFollowing(): void {
  // Not every environment has the property.
  if (navigator.onLine === false) return;
  loadFollowing().catch(() => undefined);
}
