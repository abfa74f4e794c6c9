import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { importModule } from '../lazyModule.js';
import type { FollowedRun, FollowRunOptions, RunTarget } from './FollowedRun.js';
import { startFollowing } from './startFollowing.js';

/**
 * Follows a run as `followRun` does. The code that continues after a failed stream is loaded when it is needed: most runs are
 * streamed to their end.
 */
export function followRunLazily(
  client: AssistantsClient,
  target: RunTarget,
  options: FollowRunOptions = {},
): FollowedRun {
  return startFollowing(client, target, options, loadRecovery);
}

const loadRecovery = () =>
  importModule(
    'the code that continues runs',
    async () => (await import('./createRunRecovery.js')).createRunRecovery,
  );
