import type { Message } from '../../protocol/types.js';
import { removeAnnotationMarks } from '../citations/resolveAnnotations.js';

/** The words of a message, to copy or to read out: its texts and refusals without citation marks, a blank line between. */
export function getMessageText(message: Pick<Message, 'content'>): string {
  return message.content
    .map((part) => {
      if (part.type === 'text')
        return removeAnnotationMarks(part.text.value, part.text.annotations ?? []);
      return part.type === 'refusal' ? part.refusal : '';
    })
    .filter((text) => text !== '')
    .join('\n\n');
}
