import { skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import { isActive } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { newestRunOptions } from '../queries/runs.js';
import { onBroadcast } from '../core/conversation/crossTab.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/**
 * The run that keeps a thread busy, null when there is none. Asked for when the thread is opened and whenever the window
 * comes back to the front or another tab says that it has begun one. Source: listRuns, the newest one.
 */
export function useActiveRun({
  threadId,
}: {
  threadId: string | null | undefined;
}): UseQueryResult<Run | null, AssistantsError> {
  return useNewestRun(threadId, activeOnly);
}

/** The newest run of a thread, null before the first; in the same query as `useActiveRun`. */
export function useNewestRun(
  threadId: string | null | undefined,
  select?: (run: Run | null) => Run | null,
): UseQueryResult<Run | null, AssistantsError> {
  const client = useAssistantsClient();
  const options = newestRunOptions(client, { threadId: threadId ?? '' });
  const query = useQuery<Run | null, AssistantsError>({
    ...options,
    ...(!threadId && { queryFn: skipToken }),
    ...(select && { select }),
  });
  const { refetch } = query;
  useEffect(
    () => (threadId ? onBroadcast(client, threadId, () => void refetch()) : undefined),
    [client, threadId, refetch],
  );
  return query;
}

function activeOnly(run: Run | null): Run | null {
  return run && isActive(run.status) ? run : null;
}
