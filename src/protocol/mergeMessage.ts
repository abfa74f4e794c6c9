import { mergeGrowing } from './mergeGrowing.js';
import type { Message } from './types.js';

/** The newer of two snapshots of one message: a finished one never grows again, a growing one never gets shorter. */
export function mergeMessage(current: Message, incoming: Message): Message {
  return mergeGrowing(current, incoming, ({ content }) => content);
}

/** The texts of a message, one after the other. */
export function getMessageText({ content }: Pick<Message, 'content'>): string {
  return content.map((part) => (part.type === 'text' ? part.text.value : '')).join('\n');
}
