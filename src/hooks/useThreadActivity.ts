import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { isActive, isSettled } from '../protocol/runStatus.js';
import type { Run } from '../protocol/types.js';
import { createNewestRunStore } from '../queries/newestRuns.js';
import { getRunOptions, newestRunOptions } from '../queries/runs.js';
import { useAssistantsClient } from './useAssistantsClient.js';

/** State of a run in a thread that is not open: 'waiting' if it needs results or approvals of the user. */
export type RunActivity = 'running' | 'waiting';

const NO_RUNS: ReadonlyMap<string, Run> = new Map();
const getNoRuns = () => NO_RUNS;

/**
 * Returns the activity of runs that the user has left, by the id of their thread, and polls them to their end. Runs
 * that other pages have started are unknown until their thread is opened. Source: getRun.
 *
 * @param openThreadId Thread whose run is followed by its conversation.
 * @param onSettled Called when a run of another thread has ended, unless it was stopped.
 */
export function useThreadActivity(
  openThreadId: string | undefined,
  onSettled: (threadId: string) => void,
): ReadonlyMap<string, RunActivity> {
  const client = useAssistantsClient();
  const queryClient = useQueryClient();
  const { scope } = client;
  const store = useMemo(() => createNewestRunStore(queryClient, scope), [queryClient, scope]);
  const runs = useSyncExternalStore(store.subscribe, store.getState, getNoRuns);
  const active = [...runs].filter(([, { status }]) => isActive(status));
  const left = active.filter(([threadId]) => threadId !== openThreadId);
  useQueries({
    queries: left.map(([threadId, { id: runId }]) => getRunOptions(client, { threadId, runId })),
  });
  // An observer keeps the newest run in the cache while its thread is not open.
  useQueries({
    queries: left.map(([threadId]) => ({
      ...newestRunOptions(client, { threadId }),
      enabled: false,
    })),
  });
  const latest = useRef({ activeIds: new Set<string>(), onSettled });
  useEffect(() => {
    const { activeIds } = latest.current;
    latest.current = { activeIds: new Set(active.map(([threadId]) => threadId)), onSettled };
    for (const threadId of activeIds) {
      const status = runs.get(threadId)?.status;
      const isOver = status !== undefined && isSettled(status) && status !== 'cancelled';
      if (isOver && threadId !== openThreadId) onSettled(threadId);
    }
  });
  return useMemo(
    () =>
      new Map(
        [...runs]
          .filter(([, { status }]) => isActive(status))
          .map(([id, { status }]) => [id, status === 'requires_action' ? 'waiting' : 'running']),
      ),
    [runs],
  );
}
