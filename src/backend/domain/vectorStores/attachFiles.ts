import { toUnixSeconds } from '../../../common/toUnixSeconds.js';
import type { Change, Collections } from '../../stores/Store.js';
import type { DomainContext } from '../DomainContext.js';
import { buildVectorStoreOf } from './buildVectorStore.js';
import { changeFiles, getFileEntry } from './changeFiles.js';
import { toFileChunking } from './chunking.js';
import { isExpired, withUse } from './expiry.js';
import { buildFileEntry } from './fileEntries.js';

type Thread = Collections['threads'];
type Message = Collections['messages'];

/** Returns the ids of the files that a message attaches for the file search. */
export function listSearchAttachments({ attachments }: Pick<Message, 'attachments'>): string[] {
  return (attachments ?? []).flatMap(({ file_id: id, tools }) =>
    id !== undefined && tools?.some(({ type }) => type === 'file_search') === true ? [id] : [],
  );
}

/** Thread with the files of its new messages. */
export interface AttachedFiles {
  thread: Thread;
  /** True if the thread has a new vector store. */
  isChanged: boolean;
  /** Changes that store the files. Write them in the batch that stores the messages. */
  changes: Change[];
}

/**
 * Adds the files that new messages attach for the file search to the vector store of their thread. The first ones
 * create it. Call it while the thread is locked, and its vector store too, see `withThreadStore`.
 */
export async function attachFiles(
  context: DomainContext,
  thread: Thread,
  messages: readonly Message[],
): Promise<AttachedFiles> {
  const fileIds = [...new Set(messages.flatMap(listSearchAttachments))];
  const nothing = { thread, isChanged: false, changes: [] };
  if (fileIds.length === 0) return nothing;
  const id = getThreadStoreId(thread);
  const stored = id === undefined ? undefined : await context.store.get('vectorStores', id);
  const nowSeconds = toUnixSeconds(context.now());
  if (stored === undefined || isExpired(stored, nowSeconds)) {
    const { vectorStore, changes } = await buildVectorStoreOf(context, {}, fileIds);
    const resources = {
      ...thread.tool_resources,
      file_search: { vector_store_ids: [vectorStore.id] },
    };
    return { thread: { ...thread, tool_resources: resources }, isChanged: true, changes };
  }
  const added = [];
  for (const fileId of fileIds) {
    // A file of an earlier message keeps its settings.
    if ((await getFileEntry(context.store, stored.id, fileId)) !== undefined) continue;
    const settings = { vectorStoreId: stored.id, fileId, createdAt: nowSeconds };
    added.push({
      previous: undefined,
      next: buildFileEntry({ ...settings, chunking: toFileChunking(undefined) }),
    });
  }
  const { changes } = await changeFiles(context.store, withUse(stored, nowSeconds), added);
  return { ...nothing, changes };
}

/** Returns the id of the vector store of a thread. */
export function getThreadStoreId(thread: Thread): string | undefined {
  const [id] = thread.tool_resources?.file_search?.vector_store_ids ?? [];
  return id;
}
