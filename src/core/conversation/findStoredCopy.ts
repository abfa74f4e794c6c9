import type { Message, Run } from '../../protocol/types.js';
import { isStoredCopy } from '../../queries/cache/optimisticMessages.js';
import { toOptimisticMessage } from './buildRows.js';
import type { OutboxItem } from './OutboxItem.js';

/** Maximum difference between the clocks of the browser and the server, in seconds. */
const CLOCK_DIFFERENCE_SECONDS = 120;

export interface StoredCopy {
  messageId: string;
  /** False if the message is stored and its run is missing. */
  isDone: boolean;
}

/**
 * Finds the stored copy of a message whose request was interrupted.
 *
 * @param stored Messages of the thread, oldest first.
 * @param run The newest run of the thread, if it is active or has failed.
 */
export function findStoredCopy(
  item: OutboxItem,
  stored: readonly Message[],
  run: Run | undefined,
): StoredCopy | undefined {
  const optimistic = toOptimisticMessage(item);
  const earliest = item.createdAt - CLOCK_DIFFERENCE_SECONDS;
  const index = stored.findLastIndex((message) =>
    item.storedId === undefined
      ? isStoredCopy(message, optimistic) && message.created_at >= earliest
      : message.id === item.storedId,
  );
  const message = stored[index];
  if (!message) return undefined;
  const isAnswered =
    stored.slice(index + 1).some(({ run_id }) => run_id !== null) ||
    (run !== undefined && run.created_at >= message.created_at);
  return { messageId: message.id, isDone: !item.wantsRun || isAnswered };
}
