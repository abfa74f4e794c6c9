import { skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AssistantsError } from '../client/errors.js';
import { isActive } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { keys } from '../queries/keys.js';
import { onTabs } from './conversation/tabs.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/**
 * The run that keeps a thread busy, null when there is none. Asked for when the thread is opened and whenever the window
 * comes back to the front or another tab says that it has begun one. Source: listRuns, the newest one.
 */
export function useActiveRun({ threadId }: { threadId: string | null | undefined }): UseQueryResult<Run | null, AssistantsError> {
  const client = useAssistantsClient();
  const query = useQuery<Run | null, AssistantsError>({
    queryKey: keys.activeRun(client.scope, threadId ?? ''),
    queryFn:
      threadId === null || threadId === undefined
        ? skipToken
        : async ({ signal }) => {
            const { data } = await client.listRuns({ threadId, query: { limit: 1, order: 'desc' } }, { signal });
            return data[0] && isActive(data[0].status) ? data[0] : null;
          },
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const { refetch } = query;
  useEffect(
    () => (threadId ? onTabs(client, threadId, () => void refetch()) : undefined),
    [client, threadId, refetch],
  );
  return query;
}
