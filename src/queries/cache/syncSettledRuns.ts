import type { Query, QueryClient } from '@tanstack/react-query';
import type { AssistantsClient } from '../../client/AssistantsClient.js';
import { getRunEnd } from '../../protocol/endTimes.js';
import type { Message, Run, RunStep } from '../../protocol/types.js';
import * as keys from '../keys.js';
import { getListQuery } from './lists.js';
import { readSyncCursor } from './mergeNewMessages.js';
import { isOptimisticMessage } from './optimisticMessages.js';
import { flattenPages, type ListData } from './pages.js';
import { claimRun } from './runClaims.js';
import { syncThread } from './syncThread.js';
import { waitForFirstFetches } from './waitForFirstFetches.js';

/**
 * Loads what runs of one thread have written, once for each run: syncs the cached message lists with one request, and
 * refetches the step lists. A conversation that follows a run does this itself. Then only the lists that it does not
 * update are refetched.
 */
export async function syncSettledRuns(
  queryClient: QueryClient,
  client: AssistantsClient,
  runs: readonly Run[],
): Promise<void> {
  const claimed = runs.map((run) => ({ run, claim: claimRun(queryClient, run.id, 'synced') }));
  const pending = claimed.filter(({ claim }) => claim !== 'synced');
  const threadId = pending[0]?.run.thread_id;
  if (threadId === undefined) return;
  for (const { run, claim } of pending)
    refetchSteps(queryClient, client.scope, run, claim === undefined ? () => true : isPartial);
  await waitForFirstFetches(queryClient, keys.messageLists(client.scope, threadId));
  for (const { run } of pending) refetchUnsyncedMessages(queryClient, client.scope, run);
  if (pending.some(({ claim }) => claim === undefined))
    await syncThread({ queryClient, client }, threadId);
}

/** Syncs runs that had settled before this page saw them, if cached lists may be older than their end. */
export async function syncUnknownRuns(
  queryClient: QueryClient,
  client: AssistantsClient,
  runs: readonly Run[],
): Promise<void> {
  const listsKey = keys.messageLists(client.scope, runs[0]?.thread_id ?? '');
  await waitForFirstFetches(queryClient, listsKey);
  const lists = queryClient.getQueryCache().findAll({ queryKey: listsKey });
  const unsynced = runs.filter((run) => lists.some((list) => mayLackMessages(list, run)));
  for (const run of runs)
    if (!unsynced.includes(run)) refetchSteps(queryClient, client.scope, run, hasUnfinishedSteps);
  await syncSettledRuns(queryClient, client, unsynced);
}

/** Refetches the message lists that a sync cannot update, and single messages that are cached in progress. */
function refetchUnsyncedMessages(queryClient: QueryClient, scope: string, run: Run): void {
  void queryClient.invalidateQueries({
    queryKey: keys.messageLists(scope, run.thread_id),
    predicate: (list) => mayGrow(list, run) && getSyncCursor(list) === undefined,
  });
  void queryClient.invalidateQueries({
    queryKey: keys.messages(scope, run.thread_id),
    predicate: (query) => isUnfinishedMessage(query, run),
  });
}

/** Refetches step lists, and single steps that are cached in progress. */
function refetchSteps(
  queryClient: QueryClient,
  scope: string,
  { thread_id: threadId, id }: Run,
  needsRefetch: (list: Query) => boolean,
): void {
  const listsKey = keys.runStepLists(scope, threadId, id);
  void queryClient.invalidateQueries({ queryKey: listsKey, predicate: needsRefetch });
  void queryClient.invalidateQueries({
    queryKey: keys.runSteps(scope, threadId, id),
    predicate: ({ state }) =>
      (state.data as Partial<RunStep> | undefined)?.status === 'in_progress',
  });
}

/** Returns true if messages of the run belong at the newest end of a list, and that end is loaded. */
function mayGrow(list: Query, run: Run): boolean {
  const query = getListQuery(list.queryKey);
  const data = getPages<Message>(list);
  if (data === undefined || (query?.run_id ?? run.id) !== run.id) return false;
  if (query?.order === 'asc' ? query.before : query?.after) return false;
  // Pages are loaded towards the newest message.
  const endsWithNewest = query?.order === 'asc' || !!query?.before;
  return !endsWithNewest || data.pages.at(-1)?.has_more !== true;
}

/** Returns true unless the newest message of a list is a finished one of the run, or newer than the run. */
function mayLackMessages(list: Query, run: Run): boolean {
  const data = getPages<Message>(list);
  if (data === undefined || !mayGrow(list, run)) return false;
  const stored = flattenPages(data).filter((message) => !isOptimisticMessage(message));
  const newest = getListQuery(list.queryKey)?.order === 'asc' ? stored.at(-1) : stored[0];
  if (newest === undefined) return true;
  if (newest.run_id === run.id) return newest.status === 'in_progress';
  return newest.created_at <= (getRunEnd(run) ?? Infinity);
}

function isUnfinishedMessage({ queryKey, state }: Query, run: Run): boolean {
  if (queryKey.at(-1) !== 'detail') return false;
  // The data is a message, or a file of one, which has neither field.
  const message = state.data as Partial<Message> | undefined;
  return message?.run_id === run.id && message.status === 'in_progress';
}

/** Returns the pages of a list query. Its key tells the type of the items. */
function getPages<Item>({ state }: Query): ListData<Item> | undefined {
  return state.data as ListData<Item> | undefined;
}

function getSyncCursor(list: Query) {
  const data = getPages<Message>(list);
  return data && readSyncCursor(data, getListQuery(list.queryKey));
}

/** Returns true for step lists whose query asks for more than streams deliver, or for a part of the list. */
function isPartial({ queryKey }: Query): boolean {
  const { limit: _limit, order: _order, ...rest } = getListQuery(queryKey) ?? {};
  return Object.keys(rest).length > 0;
}

function hasUnfinishedSteps(list: Query): boolean {
  const data = getPages<RunStep>(list);
  if (data === undefined) return false;
  const steps = flattenPages(data);
  return steps.length === 0 || steps.some(({ status }) => status === 'in_progress');
}
