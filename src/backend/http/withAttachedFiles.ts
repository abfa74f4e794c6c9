import {
  attachFiles,
  type AttachedFiles,
  getThreadStoreId,
  listSearchAttachments,
} from '../domain/vectorStores/attachFiles.js';
import type { Change, Collections } from '../stores/Store.js';
import type { BackendContext } from './BackendContext.js';

/**
 * Calls a task that stores new messages, with the changes that add their attached files to the vector store of the
 * thread. Call it while the thread is locked.
 */
export async function withAttachedFiles<T>(
  context: BackendContext,
  thread: Collections['threads'],
  messages: readonly Collections['messages'][],
  task: (attached: Pick<AttachedFiles, 'thread'> & { changes: Change[] }) => Promise<T>,
): Promise<T> {
  const attach = async (): Promise<T> => {
    const attached = await attachFiles(context, thread, messages);
    if (!attached.isChanged) return task(attached);
    const threadChange: Change = { type: 'put', collection: 'threads', object: attached.thread };
    return task({ thread: attached.thread, changes: [...attached.changes, threadChange] });
  };
  const id = getThreadStoreId(thread);
  const hasFiles = messages.some((message) => listSearchAttachments(message).length > 0);
  return hasFiles && id !== undefined ? context.withLock(id, attach) : attach();
}
