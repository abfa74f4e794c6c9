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
import type { FollowRunOptions } from '../run/followRun.js';

/**
 * Writes what a followed run tells into the cache, each object once it is whole; growing text never touches it.
 *
 * @param onBegin Called with the first snapshot of the run.
 */
export function createCacheSink(
  queryClient: QueryClient,
  scope: string,
  onBegin: (run: Run) => void,
): NonNullable<FollowRunOptions['sink']> {
  let wasActive: boolean | undefined;
  return {
    thread: (thread) => writeThread(queryClient, scope, thread),
    run: (run) => {
      const isNow = isActive(run.status);
      if (wasActive === undefined) onBegin(run);
      if (wasActive !== isNow)
        queryClient.setQueryData<Run | null>(keys.newestRun(scope, run.thread_id), run);
      wasActive = isNow;
      writeRun(queryClient, scope, run);
    },
    message: (message) => {
      if (message.status !== 'in_progress') writeMessage(queryClient, scope, message);
    },
    step: (step) => writeStep(queryClient, scope, step),
  };
}
