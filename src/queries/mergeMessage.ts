import { growthOf } from '../protocol/growth.js';
import type { Message } from '../protocol/types.js';

/**
 * The newer of two snapshots of one message, whatever order they arrived in: a finished message never grows again, a growing
 * one never gets shorter. Of two finished ones the last to arrive is right, since metadata may be modified for ever.
 */
export function mergeMessage(current: Message, incoming: Message): Message {
  if (incoming.status !== 'in_progress') return incoming;
  if (current.status !== 'in_progress') return current;
  return growthOf(incoming.content) < growthOf(current.content) ? current : incoming;
}

/** The texts of a message, one after the other. */
export function textOf({ content }: Pick<Message, 'content'>): string {
  return content.map((part) => (part.type === 'text' ? part.text.value : '')).join('\n');
}
