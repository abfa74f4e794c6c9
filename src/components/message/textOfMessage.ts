import type { Message } from '../../protocol/types.js';
import { textWithoutMarks } from './resolveAnnotations.js';

/** The words of a message, to copy or to read out: its texts and refusals without citation marks, a blank line between. */
export function textOfMessage(message: Pick<Message, 'content'>): string {
  return message.content
    .map((part) => {
      if (part.type === 'text') return textWithoutMarks(part.text.value, part.text.annotations ?? []);
      return part.type === 'refusal' ? part.refusal : '';
    })
    .filter((text) => text !== '')
    .join('\n\n');
}
