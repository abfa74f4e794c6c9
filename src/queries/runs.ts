import type { QueryFunctionContext } from '@tanstack/react-query';
import type { AssistantsClient } from '../client/AssistantsClient.js';
import type { OperationParams } from '../client/operations.js';
import { isSettled, mergeRun } from '../protocol/runStatus.js';
import type { Run, Thread } from '../protocol/types.js';
import { refreshListedRun, writeDetail, writeRun } from './cache/writeObjects.js';
import * as keys from './keys.js';
import {
  createInfiniteQueryOptions,
  type OperationInfiniteQueryFactoryOptions,
} from './createInfiniteQueryOptions.js';
import {
  STALE_TIME_MS,
  createQueryOptions,
  tagged,
  type OperationQueryFactoryOptions,
} from './createQueryOptions.js';
import { getRefetchInterval, pollRun } from './runPolling.js';
import {
  createMutationOptions,
  type OperationMutationFactoryOptions,
} from './createMutationOptions.js';

/** listRuns: newest first. Fetching it again asks for the newest page only, and keeps what is cached behind it. */
export function listRunsOptions(
  client: AssistantsClient,
  { threadId, query }: OperationParams<'listRuns'>,
): OperationInfiniteQueryFactoryOptions<Run> {
  return createInfiniteQueryOptions('listRuns', {
    queryKey: keys.runList(client.scope, threadId, query),
    query,
    fetchPage: (page, signal) => client.listRuns({ threadId, ...page }, { signal }),
    merge: mergeRun,
    keepsHistory: true,
  });
}

/**
 * The newest run of a thread, null before the first: what a thread that is opened has to know. Asked for whenever the window
 * comes back to the front. Source: listRuns.
 */
export function newestRunOptions(client: AssistantsClient, { threadId }: { threadId: string }) {
  return {
    queryKey: tagged<Run | null>(keys.newestRun(client.scope, threadId)),
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
 * getRun, polled until the run settles: see `pollDelayMs` for how often. Also stopped by an answer that will not change, such
 * as 401 or 404, and half a minute after the run should have expired. A settled run is never asked for again by itself.
 */
export function getRunOptions(
  client: AssistantsClient,
  { threadId, runId }: OperationParams<'getRun'>,
): OperationQueryFactoryOptions<Run> {
  const options = createQueryOptions<Run>(
    'getRun',
    keys.runDetail(client.scope, threadId, runId),
    (context) =>
      pollRun(context, async () => {
        const answer = await client.requestWithResponse(
          'getRun',
          { threadId, runId },
          { signal: context.signal },
        );
        refreshListedRun(context.client, client.scope, answer.data);
        return answer;
      }),
    mergeRun,
  );
  const isOver = (run: Run | undefined) => run !== undefined && isSettled(run.status);
  return {
    ...options,
    staleTime: (query) => (isOver(query.state.data) ? Infinity : STALE_TIME_MS),
    refetchInterval: getRefetchInterval,
    // Polls of a hidden page are slow, and one comes at once when it is shown.
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: (query) => (isOver(query.state.data) ? false : 'always'),
  };
}

/** createRun without a stream: into its detail and the lists. Messages that came with it are fetched. */
export function createRunOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Run, OperationParams<'createRun'>> {
  return createMutationOptions(client, 'createRun', (params) => client.createRun(params), {
    onSuccess(run, { body }, _undo, { client: queryClient }) {
      writeRun(queryClient, client.scope, run);
      const queryKey = keys.messageLists(client.scope, run.thread_id);
      // Not waited for: the run is there, whatever becomes of the lists, which show their own errors.
      if (body.additional_messages?.length) void queryClient.invalidateQueries({ queryKey });
    },
  });
}

/** createThreadAndRun without a stream: the run into its detail and the lists, and what is known of the thread. */
export function createThreadAndRunOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Run, OperationParams<'createThreadAndRun'>> {
  return createMutationOptions(
    client,
    'createThreadAndRun',
    (params) => client.createThreadAndRun(params),
    {
      onSuccess(run, { body }, _undo, { client: queryClient }) {
        const thread: Thread = {
          id: run.thread_id,
          object: 'thread',
          created_at: run.created_at,
          metadata: body.thread?.metadata ?? {},
        };
        // The answer is the run alone. The thread is a guess, so it is stale from the start.
        queryClient.setQueryData<Thread>(
          keys.threadDetail(client.scope, thread.id),
          (known) => known ?? thread,
          {
            updatedAt: 1,
          },
        );
        writeRun(queryClient, client.scope, run);
      },
    },
  );
}

/** modifyRun: into detail and lists. */
export function modifyRunOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Run, OperationParams<'modifyRun'>> {
  return createMutationOptions(client, 'modifyRun', (params) => client.modifyRun(params), {
    onSuccess: (run, _params, _undo, context) => writeRun(context.client, client.scope, run),
  });
}

/** submitToolOutputsToRun without a stream: the run goes on, and so does its polling. */
export function submitToolOutputsToRunOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Run, OperationParams<'submitToolOutputsToRun'>> {
  return createMutationOptions(
    client,
    'submitToolOutputsToRun',
    (params) => client.submitToolOutputsToRun(params),
    {
      onSuccess: (run, _params, _undo, context) => writeRun(context.client, client.scope, run),
    },
  );
}

/**
 * cancelRun: `cancelling` is shown at once, and polling goes on to the end of the run. When the server refuses, what was is
 * shown again, and the run is asked for: most likely it was faster.
 */
export function cancelRunOptions(
  client: AssistantsClient,
): OperationMutationFactoryOptions<Run, OperationParams<'cancelRun'>, { before: Run | undefined }> {
  return createMutationOptions(client, 'cancelRun', (params) => client.cancelRun(params), {
    onMutate(params, { client: queryClient }) {
      const { queryKey } = getRunOptions(client, params);
      const before = queryClient.getQueryData(queryKey);
      if (before && !isSettled(before.status)) {
        // Lists wait for the answer: theirs could not be taken back.
        writeDetail<Run>(
          queryClient,
          queryKey,
          { ...before, status: 'cancelling', required_action: null },
          mergeRun,
        );
      }
      return { before };
    },
    onSuccess: (run, _params, _undo, context) => writeRun(context.client, client.scope, run),
    async onError(_error, params, undo, { client: queryClient }) {
      const { queryKey } = getRunOptions(client, params);
      const query = queryClient.getQueryCache().find({ queryKey, exact: true });
      const run = queryClient.getQueryData(queryKey);
      // Not by setQueryData, which would merge: nothing leads back from `cancelling`.
      if (undo?.before && run?.status === 'cancelling') query?.setState({ data: undo.before });
      await queryClient.invalidateQueries({ queryKey, exact: true });
    },
  });
}
