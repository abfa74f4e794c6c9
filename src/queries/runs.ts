import type { QueryClient, QueryFunctionContext } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { AssistantsError } from '../client/AssistantsError.js';
import type { OperationParams } from '../client/operations.js';
import { isActive, isSettled, mergeRun } from '../protocol/runStatus.js';
import type { Run, Thread } from '../protocol/types.js';
import { hasUnfinishedAnswer } from './cache/hasUnfinishedAnswer.js';
import { createDetailSharing } from './cache/structuralSharing.js';
import { writeDetail, writeRun } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import {
  NETWORK_POLICY,
  STALE_TIME_MS,
  createQueryOptions,
  tagQueryKey,
  type OperationQueryOptions,
} from './createQueryOptions.js';
import { getRefetchInterval, pollRun } from './runPolling.js';
import { watchRuns } from './watchRuns.js';
import { createMutationOptions, type OperationMutationOptions } from './createMutationOptions.js';

/**
 * Options for listing the runs of a thread, newest first unless `query.order` is 'asc'. Refetching requests the newest
 * page only and keeps the older cached runs. Source: listRuns.
 */
export function listRunsOptions(
  client: AssistantsClient,
  { threadId, query }: OperationParams<'listRuns'>,
): OperationInfiniteQueryOptions<Run> {
  return createInfiniteQueryOptions('listRuns', {
    queryKey: keys.runList(client.scope, threadId, query),
    query,
    fetchPage(page, signal, queryClient) {
      watchRuns(queryClient, client);
      return client.listRuns({ threadId, ...page }, { signal });
    },
    merge: mergeRun,
    keepsHistory: true,
  });
}

/**
 * Options for reading the newest run of a thread; null if it has none. Refetched each time the window gets the focus.
 * Source: listRuns.
 */
export function newestRunOptions(
  client: AssistantsClient,
  { threadId }: { threadId: string },
): OperationQueryOptions<Run | null> {
  // oxlint-disable-next-line @tanstack/query/exhaustive-deps -- the key has the scope of the client
  return {
    queryKey: tagQueryKey<Run | null>(keys.newestRun(client.scope, threadId)),
    queryFn: async ({ client: queryClient, queryKey, signal }: QueryFunctionContext) => {
      const { data } = await client.listRuns(
        { threadId, query: { limit: 1, order: 'desc' } },
        { signal },
      );
      // Some servers answer with the runs of all threads.
      const run: Run | null = data.find(({ thread_id }) => thread_id === threadId) ?? null;
      // Opening a thread whose runs have settled must not load the code of the watcher.
      const isFirstFetch = queryClient.getQueryData(queryKey) === undefined;
      if (run && (!isFirstFetch || isActive(run.status))) watchRuns(queryClient, client);
      else if (run)
        void hasUnfinishedAnswer(queryClient, client.scope, run).then((isUnfinished) => {
          if (isUnfinished) watchRuns(queryClient, client);
        });
      return run;
    },
    ...NETWORK_POLICY,
    staleTime: STALE_TIME_MS,
    structuralSharing: createDetailSharing<Run>(mergeRun),
    refetchOnWindowFocus: 'always',
    meta: { operationId: 'listRuns' },
  };
}

/**
 * Options for reading a run. Polls it until it settles, with growing delays (see `getPollDelayMs`). Then the cached
 * messages of its thread are synced with one request, and its step lists are refetched. Polling also stops
 * at an error that another request would not change, such as 401 or 404, and 30 s after the run should have expired. A
 * settled run never becomes stale. Source: getRun.
 */
export function getRunOptions(
  client: AssistantsClient,
  { threadId, runId }: OperationParams<'getRun'>,
): OperationQueryOptions<Run> {
  const options = createQueryOptions<Run>(
    'getRun',
    keys.runDetail(client.scope, threadId, runId),
    (context) => {
      watchRuns(context.client, client);
      return pollRun(context, () =>
        client.requestWithResponse('getRun', { threadId, runId }, { signal: context.signal }),
      );
    },
    mergeRun,
  );
  const hasSettled = (run: Run | undefined) => run !== undefined && isSettled(run.status);
  return {
    ...options,
    staleTime: (query) => (hasSettled(query.state.data) ? Infinity : STALE_TIME_MS),
    refetchInterval: getRefetchInterval,
    // Hidden pages poll slowly, and refetch when they become visible.
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: (query) => (hasSettled(query.state.data) ? false : 'always'),
  };
}

/**
 * Options for creating a run without streaming. Writes the run into its detail query and the lists. Syncs the messages
 * of the thread if the request adds some. Source: createRun.
 */
export function createRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'createRun'>> {
  return createMutationOptions(client, 'createRun', {
    onSuccess(run, { body }, _onMutateResult, { client: queryClient }) {
      writeRun(queryClient, client.scope, run);
      watchRuns(queryClient, client, { run, addsMessages: !!body.additional_messages?.length });
    },
  });
}

/**
 * Options for creating a thread and a run without streaming. Writes the run into its detail query and the lists, and
 * the thread into its detail query as far as it is known. Refetches the lists of threads. Source: createThreadAndRun.
 */
export function createThreadAndRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'createThreadAndRun'>> {
  return createMutationOptions(client, 'createThreadAndRun', {
    onSuccess(run, { body }, _onMutateResult, { client: queryClient }) {
      const thread: Thread = {
        id: run.thread_id,
        object: 'thread',
        created_at: run.created_at,
        metadata: body.thread?.metadata ?? {},
      };
      // The response has only the run. The thread is derived from it, so it is stale from the start.
      queryClient.setQueryData<Thread>(
        keys.threadDetail(client.scope, thread.id),
        (cached) => cached ?? thread,
        {
          updatedAt: 1,
        },
      );
      void queryClient.invalidateQueries({ queryKey: keys.threadLists(client.scope) });
      writeChangedRun(queryClient, client, run);
    },
  });
}

/**
 * Options for modifying the metadata of a run. Writes the run into its detail query and the lists. Source: modifyRun.
 */
export function modifyRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'modifyRun'>> {
  return createMutationOptions(client, 'modifyRun', {
    onSuccess(run, _params, _onMutateResult, { client: queryClient }) {
      writeRun(queryClient, client.scope, run);
      watchRuns(queryClient, client);
    },
  });
}

/**
 * Options for submitting tool outputs without streaming. Writes the run into its detail query and the lists, so polling
 * continues. With status 400, the run does not wait for these outputs, and it is read again. Source:
 * submitToolOutputsToRun.
 */
export function submitToolOutputsToRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'submitToolOutputsToRun'>> {
  return createMutationOptions(client, 'submitToolOutputsToRun', {
    onSuccess: (run, _params, _onMutateResult, context) =>
      writeChangedRun(context.client, client, run),
    onError: (error, params, _onMutateResult, context) =>
      refetchRun(context.client, client, params, error),
  });
}

/**
 * Options for cancelling a run. Sets the status to `cancelling` optimistically, and polling continues until the run
 * settles. On an error, the previous run is restored and fetched again, because it has probably ended already. Source:
 * cancelRun.
 */
export function cancelRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'cancelRun'>, { before: Run | undefined }> {
  return createMutationOptions(client, 'cancelRun', {
    onMutate(params, { client: queryClient }) {
      const { queryKey } = getRunOptions(client, params);
      const before = queryClient.getQueryData(queryKey);
      if (before && !isSettled(before.status)) {
        // Lists are updated by the response only, because they could not be rolled back.
        writeDetail<Run>(
          queryClient,
          queryKey,
          { ...before, status: 'cancelling', required_action: null },
          mergeRun,
        );
      }
      return { before };
    },
    onSuccess: (run, _params, _onMutateResult, context) =>
      writeChangedRun(context.client, client, run),
    async onError(error, params, onMutateResult, { client: queryClient }) {
      const { queryKey } = getRunOptions(client, params);
      const query = queryClient.getQueryCache().find({ queryKey, exact: true });
      const run = queryClient.getQueryData(queryKey);
      // setQueryData would merge the runs, and a merge does not leave `cancelling`.
      if (onMutateResult?.before && run?.status === 'cancelling')
        query?.setState({ data: onMutateResult.before });
      await refetchRun(queryClient, client, params, error);
    },
  });
}

function writeChangedRun(queryClient: QueryClient, client: AssistantsClient, run: Run): void {
  writeRun(queryClient, client.scope, run);
  watchRuns(queryClient, client, { run });
}

/**
 * Reads a run again after a request that has failed. Status 400 tells that the cached run is outdated: usually it has
 * settled. Otherwise the run is only read if it is observed.
 */
async function refetchRun(
  queryClient: QueryClient,
  client: AssistantsClient,
  params: OperationParams<'getRun'>,
  { status }: AssistantsError,
): Promise<void> {
  const options = getRunOptions(client, params);
  const refetched =
    status === 400
      ? queryClient.fetchQuery({ ...options, staleTime: 0 })
      : queryClient.invalidateQueries({ queryKey: options.queryKey, exact: true });
  // The error of the refetch is in the state of the query.
  await refetched.catch(() => undefined);
}
