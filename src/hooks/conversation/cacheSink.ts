import type { QueryClient } from '@tanstack/react-query';
import type { Run } from '../../protocol/types.js';
import { writeMessage, writeRun, writeStep, writeThread } from '../../queries/cache.js';
import type { FollowRunOptions } from '../../stream/followRun.js';

/** Writes what a followed run tells into the cache, each object once it is whole; growing text never touches it. */
export function cacheSink(
  queryClient: QueryClient,
  scope: string,
  onRun: (run: Run) => void,
): NonNullable<FollowRunOptions['sink']> {
  return {
    thread: (thread) => writeThread(queryClient, scope, thread),
    run: (run) => {
      writeRun(queryClient, scope, run);
      onRun(run);
    },
    message: (message) => {
      if (message.status !== 'in_progress') writeMessage(queryClient, scope, message);
    },
    step: (step) => writeStep(queryClient, scope, step),
  };
}
