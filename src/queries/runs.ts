import type { QueryFunctionContext } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import { isSettled, mergeRun } from '../protocol/runStatus.js';
import type { Run, Thread } from '../protocol/types.js';
import { refreshListedRun, writeDetail, writeRun } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryOptions,
} from './createInfiniteQueryOptions.js';
import {
  STALE_TIME_MS,
  createQueryOptions,
  tagQueryKey,
  type OperationQueryOptions,
} from './createQueryOptions.js';
import { getRefetchInterval, pollRun } from './runPolling.js';
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
    fetchPage: (page, signal) => client.listRuns({ threadId, ...page }, { signal }),
    merge: mergeRun,
    keepsHistory: true,
  });
}

/**
 * Options for reading the newest run of a thread; null if it has none. Refetched each time the window gets the focus.
 * Source: listRuns.
 */
export function newestRunOptions(client: AssistantsClient, { threadId }: { threadId: string }) {
  return {
    queryKey: tagQueryKey<Run | null>(keys.newestRun(client.scope, threadId)),
    queryFn: async ({ signal }: QueryFunctionContext): Promise<Run | null> => {
      const { data } = await client.listRuns(
        { threadId, query: { limit: 1, order: 'desc' } },
        { signal },
      );
      return data[0] ?? null;
    },
    retry: false,
    staleTime: STALE_TIME_MS,
    refetchOnWindowFocus: 'always',
  } as const;
}

/**
 * Options for reading a run. Polls it until it settles, with growing delays (see `getPollDelayMs`). Polling also stops
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
    (context) =>
      pollRun(context, async () => {
        const response = await client.requestWithResponse(
          'getRun',
          { threadId, runId },
          { signal: context.signal },
        );
        refreshListedRun(context.client, client.scope, response.data);
        return response;
      }),
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
 * Options for creating a run without streaming. Writes the run into its detail query and the lists. Refetches the
 * messages of the thread if the run adds some. Source: createRun.
 */
export function createRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'createRun'>> {
  return createMutationOptions(client, 'createRun', (params) => client.createRun(params), {
    onSuccess(run, { body }, _onMutateResult, { client: queryClient }) {
      writeRun(queryClient, client.scope, run);
      const queryKey = keys.messageLists(client.scope, run.thread_id);
      // Not awaited: the mutation has succeeded, and an error of the refetch belongs to the lists.
      if (body.additional_messages?.length) void queryClient.invalidateQueries({ queryKey });
    },
  });
}

/**
 * Options for creating a thread and a run without streaming. Writes the run into its detail query and the lists, and
 * the thread into its detail query as far as it is known. Source: createThreadAndRun.
 */
export function createThreadAndRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'createThreadAndRun'>> {
  return createMutationOptions(
    client,
    'createThreadAndRun',
    (params) => client.createThreadAndRun(params),
    {
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
        writeRun(queryClient, client.scope, run);
      },
    },
  );
}

/**
 * Options for modifying the metadata of a run. Writes the run into its detail query and the lists. Source: modifyRun.
 */
export function modifyRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'modifyRun'>> {
  return createMutationOptions(client, 'modifyRun', (params) => client.modifyRun(params), {
    onSuccess: (run, _params, _onMutateResult, context) =>
      writeRun(context.client, client.scope, run),
  });
}

/**
 * Options for submitting tool outputs without streaming. Writes the run into its detail query and the lists, so polling
 * continues. Source: submitToolOutputsToRun.
 */
export function submitToolOutputsToRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'submitToolOutputsToRun'>> {
  return createMutationOptions(
    client,
    'submitToolOutputsToRun',
    (params) => client.submitToolOutputsToRun(params),
    {
      onSuccess: (run, _params, _onMutateResult, context) =>
        writeRun(context.client, client.scope, run),
    },
  );
}

/**
 * Options for cancelling a run. Sets the status to `cancelling` optimistically, and polling continues until the run
 * settles. On an error, the previous run is restored and fetched again, because it has probably ended already. Source:
 * cancelRun.
 */
export function cancelRunOptions(
  client: AssistantsClient,
): OperationMutationOptions<Run, OperationParams<'cancelRun'>, { before: Run | undefined }> {
  return createMutationOptions(client, 'cancelRun', (params) => client.cancelRun(params), {
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
      writeRun(context.client, client.scope, run),
    async onError(_error, params, onMutateResult, { client: queryClient }) {
      const { queryKey } = getRunOptions(client, params);
      const query = queryClient.getQueryCache().find({ queryKey, exact: true });
      const run = queryClient.getQueryData(queryKey);
      // setQueryData would merge the runs, and a merge does not leave `cancelling`.
      if (onMutateResult?.before && run?.status === 'cancelling')
        query?.setState({ data: onMutateResult.before });
      await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  });
}
