import { foldText } from '../../../common/foldText.js';
import { getMessageText } from '../../../components/message/getMessageText.js';
import type { Message } from '../../../protocol/types.js';

const foldedTexts = new WeakMap<Message, string>();

/** Returns the text of a message without case and accents. Computed once for each message. */
export function getFoldedText(message: Message): string {
  const known = foldedTexts.get(message);
  if (known !== undefined) return known;
  const folded = foldText(getMessageText(message));
  foldedTexts.set(message, folded);
  return folded;
}
