import type { Message, Run } from '../../protocol/types.js';
import { isCopy } from '../../queries/cache/optimisticMessages.js';
import { toOptimisticMessage } from './buildRows.js';
import type { OutboxItem } from './OutboxItem.js';

/** How far the clocks of browser and server may be apart. */
const CLOCKS_S = 120;

/**
 * Looks in a thread for a message of which nobody knows whether it was sent. `isDone` is false where it is there, and the run
 * that it asked for is not.
 *
 * @param stored Oldest first.
 * @param run The newest run of the thread, where that is active or has ended badly.
 */
export function findStoredCopy(
  item: OutboxItem,
  stored: readonly Message[],
  run: Run | undefined,
): { messageId: string; isDone: boolean } | undefined {
  const local = toOptimisticMessage(item);
  const place = stored.findLastIndex((message) =>
    item.storedId === undefined
      ? isCopy(message, local) && message.created_at >= item.createdAt - CLOCKS_S
      : message.id === item.storedId,
  );
  const message = stored[place];
  if (!message) return undefined;
  const isAnswered =
    stored.slice(place + 1).some(({ run_id }) => run_id !== null) ||
    (run !== undefined && run.created_at >= message.created_at);
  return { messageId: message.id, isDone: !item.wantsRun || isAnswered };
}
