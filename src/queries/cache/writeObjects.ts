import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { mergeMessage } from '../../protocol/mergeMessage.js';
import { mergeStep } from '../../protocol/mergeStep.js';
import { mergeRun } from '../../protocol/runStatus.js';
import type { Assistant, FileObject, Message, Run, RunStep, Thread } from '../../protocol/types.js';
import * as keys from '../keys.js';
import {
  updateLists,
  removeFromLists,
  updateInLists,
  upsertInLists,
  getListQuery,
  removeSubtree,
} from './lists.js';
import { upsertMessage } from './messagePages.js';
import { findItem, type ListData } from './pages.js';
import { preferIncoming, type Merge } from './structuralSharing.js';

/** Writes an assistant into its detail query and all lists. */
export function writeAssistant(
  queryClient: QueryClient,
  scope: string,
  assistant: Assistant,
): void {
  writeDetail(queryClient, keys.assistantDetail(scope, assistant.id), assistant);
  upsertInLists(queryClient, keys.assistantLists(scope), assistant);
}

/** Writes a file into its detail query and the lists of its purpose. */
export function writeFile(queryClient: QueryClient, scope: string, file: FileObject): void {
  writeDetail(queryClient, keys.fileDetail(scope, file.id), file);
  upsertInLists(
    queryClient,
    keys.fileLists(scope),
    file,
    preferIncoming,
    (query) => query?.purpose === undefined || query.purpose === file.purpose,
  );
}

/** Writes a thread into its detail query and all lists. */
export function writeThread(queryClient: QueryClient, scope: string, thread: Thread): void {
  writeDetail(queryClient, keys.threadDetail(scope, thread.id), thread);
  upsertInLists(queryClient, keys.threadLists(scope), thread);
}

/** Writes a snapshot of a run into its detail query and the lists of its thread. An older snapshot changes nothing. */
export function writeRun(queryClient: QueryClient, scope: string, run: Run): void {
  writeDetail(queryClient, keys.runDetail(scope, run.thread_id, run.id), run, mergeRun);
  upsertInLists(queryClient, keys.runLists(scope, run.thread_id), run, mergeRun);
}

/** Updates the lists that have a run if its status differs from a polled one. */
export function refreshListedRun(queryClient: QueryClient, scope: string, run: Run): void {
  const listsKey = keys.runLists(scope, run.thread_id);
  const isOutdated = queryClient
    .getQueriesData<ListData<Run>>({ queryKey: listsKey })
    .some(([, data]) => {
      const listed = findItem(data, run.id);
      return listed !== undefined && listed.status !== run.status;
    });
  if (isOutdated)
    updateInLists<Run>(queryClient, listsKey, run.id, (listed) => mergeRun(listed, run));
}

/**
 * Writes a snapshot of a message into its detail query and the lists of its thread: in place of the cached one, or at
 * its place by time. Lists with a `run_id` get messages of that run only. An older snapshot changes nothing.
 */
export function writeMessage(queryClient: QueryClient, scope: string, message: Message): void {
  writeDetail(
    queryClient,
    keys.messageDetail(scope, message.thread_id, message.id),
    message,
    mergeMessage,
  );
  updateLists<Message>(queryClient, keys.messageLists(scope, message.thread_id), (data, query) =>
    upsertMessage(data, message, query),
  );
}

/**
 * Writes a snapshot of an older message into its detail query and the lists that have it. It is not added to other
 * lists, because the messages before it may be missing there as well.
 */
export function updateMessage(queryClient: QueryClient, scope: string, message: Message): void {
  writeDetail(
    queryClient,
    keys.messageDetail(scope, message.thread_id, message.id),
    message,
    mergeMessage,
  );
  updateInLists<Message>(
    queryClient,
    keys.messageLists(scope, message.thread_id),
    message.id,
    (current) => mergeMessage(current, message),
  );
}

/** Removes a deleted message: its detail query, its files and its entry in the lists. */
export function removeMessage(
  queryClient: QueryClient,
  scope: string,
  threadId: string,
  messageId: string,
): void {
  removeSubtree(queryClient, keys.message(scope, threadId, messageId));
  removeFromLists(queryClient, keys.messageLists(scope, threadId), messageId);
}

/** Writes a snapshot of a run step into its detail query and the lists of its run. */
export function writeStep(queryClient: QueryClient, scope: string, step: RunStep): void {
  const { thread_id: threadId, run_id: runId, id } = step;
  for (const query of queryClient
    .getQueryCache()
    .findAll({ queryKey: keys.runStepDetails(scope, threadId, runId, id) })) {
    // Streams omit the fields that a query with `include[]` requests.
    if (Object.keys(getListQuery(query.queryKey) ?? {}).length === 0)
      writeDetail(queryClient, query.queryKey, step, mergeStep);
  }
  upsertInLists(queryClient, keys.runStepLists(scope, threadId, runId), step, mergeStep);
}

/**
 * Writes one object into its detail query, merged with the cached one. A pending request is cancelled, because its
 * response may be older.
 *
 * @param detailKey One of `keys.*Detail`.
 */
export function writeDetail<Item>(
  queryClient: QueryClient,
  detailKey: QueryKey,
  item: Item,
  merge: Merge<Item> = preferIncoming,
): void {
  void queryClient.cancelQueries({ queryKey: detailKey, exact: true });
  queryClient.setQueryData<Item>(detailKey, (current) =>
    current === undefined ? item : merge(current, item),
  );
}
