import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { importModule } from '../lazyModule.js';
import type { FollowedRun, FollowRunOptions, RunTarget } from './FollowedRun.js';
import { startFollowing } from './startFollowing.js';

/**
 * Follows a run as `followRun` does, and loads the code that polls when a poll is needed: most runs are streamed to their end.
 */
export function followRunLazily(
  client: AssistantsClient,
  target: RunTarget,
  options: FollowRunOptions = {},
): FollowedRun {
  return startFollowing(client, target, options, { loadPoller });
}

const loadPoller = () =>
  importModule(
    'the code that polls runs',
    async () => (await import('./createRunPoller.js')).createRunPoller,
  );
