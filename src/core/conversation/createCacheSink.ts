import type { QueryClient } from '@tanstack/react-query';
import { isActive } from '../../protocol/runStatus.js';
import type { Run } from '../../protocol/types.js';
import {
  writeMessage,
  writeRun,
  writeStep,
  writeThread,
} from '../../queries/cache/writeObjects.js';
import * as keys from '../../queries/keys.js';
import type { FollowRunOptions } from '../run/FollowedRun.js';

/**
 * Creates a sink that writes the objects of a followed run to the cache. Messages are written when they are complete, not
 * while they grow.
 *
 * @param onRunKnown Called with the first snapshot of the run.
 */
export function createCacheSink(
  queryClient: QueryClient,
  scope: string,
  onRunKnown: (run: Run) => void,
): NonNullable<FollowRunOptions['sink']> {
  let wasActive: boolean | undefined;
  return {
    thread: (thread) => writeThread(queryClient, scope, thread),
    run(run) {
      const isNowActive = isActive(run.status);
      if (wasActive === undefined) onRunKnown(run);
      if (wasActive !== isNowActive)
        queryClient.setQueryData<Run | null>(keys.newestRun(scope, run.thread_id), run);
      wasActive = isNowActive;
      writeRun(queryClient, scope, run);
    },
    message(message) {
      if (message.status !== 'in_progress') writeMessage(queryClient, scope, message);
    },
    step: (step) => writeStep(queryClient, scope, step),
  };
}
