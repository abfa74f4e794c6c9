import type { Message } from '../../protocol/types.js';
import { removeCitationMarkers } from '../citations/resolveAnnotations.js';

/**
 * Returns the text of a message to copy or to announce: its texts and refusals, separated by blank lines and without
 * citation marks.
 */
export function getMessageText(message: Pick<Message, 'content'>): string {
  return message.content
    .map((part) => {
      if (part.type === 'text')
        return removeCitationMarkers(part.text.value, part.text.annotations ?? []);
      return part.type === 'refusal' ? part.refusal : '';
    })
    .filter((text) => text !== '')
    .join('\n\n');
}
