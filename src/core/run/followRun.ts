import type { AssistantsClient } from '../../client/AssistantsClient.js';
import type { FollowedRun, FollowRunOptions, RunTarget } from './FollowedRun.js';
import { followToEnd } from './followToEnd.js';
import { startFollowing } from './startFollowing.js';

/**
 * Follows a run through all its segments: creation, tool outputs, the end. Streams if possible, and polls if the server cannot
 * stream or a stream ends early. Sends one request at a time, except to cancel the run.
 *
 * @example
 * const followed = followRun(client, { createRun: { threadId, body: { assistant_id: assistantId } } });
 * followed.subscribe(() => console.log(followed.getState().messages));
 * const run = await followed.settled;
 */
export function followRun(
  client: AssistantsClient,
  target: RunTarget,
  options: FollowRunOptions = {},
): FollowedRun {
  return startFollowing(client, target, options, async () => followToEnd);
}
