import { mergeGrowing } from './mergeGrowing.js';
import type { Message } from './types.js';

/**
 * Returns the newer of two snapshots of a message. A finished message does not grow, a growing one does not get
 * shorter.
 */
export function mergeMessage(current: Message, incoming: Message): Message {
  return mergeGrowing(current, incoming, ({ content }) => content);
}
