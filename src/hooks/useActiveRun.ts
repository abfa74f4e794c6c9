import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AssistantsError } from '../client/AssistantsError.js';
import { onBroadcast } from '../core/conversation/crossTab.js';
import { isActive } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { newestRunOptions } from '../queries/runs.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/**
 * Queries the run that keeps a thread busy. `data` is null if the thread has no active run. Fetched on mount, when the window
 * regains the focus, and when another tab starts a run. Source: listRuns, newest run only.
 *
 * @param params Nothing is fetched while `threadId` is null or undefined.
 */
export function useActiveRun({
  threadId,
}: {
  threadId: string | null | undefined;
}): UseQueryResult<Run | null, AssistantsError> {
  return useNewestRun(threadId, selectActiveRun);
}

/** Queries the newest run of a thread. `data` is null before the first run. Shares its query with `useActiveRun`. */
export function useNewestRun(
  threadId: string | null | undefined,
  select?: (run: Run | null) => Run | null,
): UseQueryResult<Run | null, AssistantsError> {
  const client = useAssistantsClient();
  const options = newestRunOptions(client, { threadId: threadId ?? '' });
  const query = useQuery<Run | null, AssistantsError>({
    ...options,
    enabled: !!threadId,
    ...(select && { select }),
  });
  const { refetch } = query;
  useEffect(
    () => (threadId ? onBroadcast(client, threadId, () => void refetch()) : undefined),
    [client, threadId, refetch],
  );
  return query;
}

function selectActiveRun(run: Run | null): Run | null {
  return run && isActive(run.status) ? run : null;
}
