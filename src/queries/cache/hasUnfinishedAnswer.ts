import type { QueryClient } from '@tanstack/react-query';
import type { Message, Run } from '../../protocol/types.js';
import * as keys from '../keys.js';
import type { ListData } from './pages.js';
import { waitForFirstFetches } from './waitForFirstFetches.js';

/**
 * Returns true if a cached message list is older than the end of the newest run: the run settled after the messages
 * were read, and before the run was. Waits for lists that are being fetched.
 */
export async function hasUnfinishedAnswer(
  queryClient: QueryClient,
  scope: string,
  run: Run,
): Promise<boolean> {
  const queryKey = keys.messageLists(scope, run.thread_id);
  await waitForFirstFetches(queryClient, queryKey);
  return queryClient
    .getQueriesData<ListData<Message>>({ queryKey })
    .some(([, data]) => isOlderThanEnd(data?.pages[0]?.data[0], run));
}

function isOlderThanEnd(newest: Message | undefined, run: Run): boolean {
  if (newest === undefined) return false;
  if (newest.run_id === run.id) return newest.status === 'in_progress';
  // A run that has failed may have written nothing.
  return run.status === 'completed' && newest.created_at <= (run.completed_at ?? 0);
}
