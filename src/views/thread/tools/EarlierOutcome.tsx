'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useCompleteTexts } from '../../../components/i18n/useTexts.lazy.js';
import { CircleAlert } from '../../../components/icons.js';
import { getRunExplanation } from '../../../components/run/getRunExplanation.js';
import { isFailedRun } from '../../../core/conversation/runOutcome.js';
import { useThreadRuns } from '../../../hooks/operations/runs.js';
import { useAssistantsClient } from '../../../hooks/useAssistantsClient.js';
import type { Message, Run } from '../../../protocol/types.js';
import { readLoadedRuns } from '../../../queries/loadedRuns.js';
import { asPart } from '../../../components/part.js';

/** Props of `EarlierOutcome`. */
export interface EarlierOutcomeProps {
  /** Message of the user without an answer. */
  message: Message;
  /** Time of the next message of the user, in Unix seconds. */
  until: number;
}

/**
 * Line below a message that has no answer, which says how its run ended. Renders nothing if no run of it has failed.
 * Element: p.
 */
export function EarlierOutcome(props: EarlierOutcomeProps): ReactElement | null {
  const { run: texts, message } = useCompleteTexts();
  const run = useEarlierRun(props);
  if (!run) return null;
  const stopped = run.status === 'cancelled' ? message.incomplete.run_cancelled : undefined;
  const explanation = getRunExplanation(run, texts) ?? stopped;
  return explanation === undefined ? null : (
    <p {...asPart('run-outcome')} data-status={run.status} dir="auto">
      <CircleAlert size={14} />
      {explanation}
    </p>
  );
}

/** Number of runs that one request loads. The limit of the API. */
const PAGE = { limit: 100 } as const;

/**
 * Returns the last failed run of a message: from the cache, or else from the list of runs, which all such messages of a thread
 * share. Loads older runs if the message is older than those of the list.
 */
function useEarlierRun({ message, until }: EarlierOutcomeProps): Run | undefined {
  const queryClient = useQueryClient();
  const { scope } = useAssistantsClient();
  const { thread_id: threadId, created_at: since } = message;
  const [known] = useState(() =>
    findFailedRun(readLoadedRuns(queryClient, scope, threadId ?? ''), since, until),
  );
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useThreadRuns(
    { threadId, query: PAGE },
    { enabled: known === undefined, refetchOnWindowFocus: false },
  );
  const oldest = data?.at(-1)?.created_at;
  const isMissing =
    known === undefined && oldest !== undefined && oldest > since && hasNextPage && !isFetching;
  useEffect(() => {
    if (isMissing && !isError) void fetchNextPage();
  }, [isMissing, isError, fetchNextPage]);
  return known ?? findFailedRun(data ?? [], since, until);
}

/** Returns the newest run between two times that has failed. */
function findFailedRun(runs: readonly Run[], since: number, until: number): Run | undefined {
  return runs
    .filter((run) => isFailedRun(run) && run.created_at >= since && run.created_at < until)
    .toSorted((a, b) => b.created_at - a.created_at)[0];
}
