import type { Message } from './types.js';

/** Returns the texts of a message as the server sent them, joined by line breaks. */
export function getRawMessageText({ content }: Pick<Message, 'content'>): string {
  return content.map((part) => (part.type === 'text' ? part.text.value : '')).join('\n');
}
