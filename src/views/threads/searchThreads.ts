import { foldText } from '../../common/foldText.js';
import { sliceText } from '../../common/sliceText.js';
import { getMessageText } from '../../components/message/getMessageText.js';
import type { ThreadEntry } from '../../core/threads/ThreadRegistry.js';
import type { Message } from '../../protocol/types.js';
import { getFoldedText } from '../thread/search/getFoldedText.js';

/** Thread that contains the words of a search. */
export interface FoundThread extends ThreadEntry {
  /** Words around the first place in a message. Undefined if the title has the words. */
  excerpt?: string | undefined;
}

/** Length of an excerpt, and of its part before the words, in UTF-16 units. */
const EXCERPT_LENGTH = 90;
const LEAD_LENGTH = 24;

/**
 * Returns the threads whose titles or loaded messages contain a text, without case and accents, in the same order.
 *
 * @param messages Loaded messages by the id of their thread.
 */
export function searchThreads(
  threads: readonly ThreadEntry[],
  search: string,
  messages: ReadonlyMap<string, readonly Message[]>,
): FoundThread[] {
  const words = foldText(search).trim();
  if (words === '') return [...threads];
  return threads.flatMap((thread): FoundThread[] => {
    if (foldText(thread.title).includes(words)) return [thread];
    const message = messages.get(thread.id)?.find((other) => getFoldedText(other).includes(words));
    return message ? [{ ...thread, excerpt: getExcerpt(getMessageText(message), words) }] : [];
  });
}

function getExcerpt(text: string, words: string): string {
  // Folding can change lengths; then the excerpt is the start of the message.
  const folded = foldText(text);
  const at = folded.length === text.length ? folded.indexOf(words) : 0;
  const start = at > LEAD_LENGTH ? at - LEAD_LENGTH : 0;
  const end = start + EXCERPT_LENGTH;
  const middle = sliceText(text, start, end).replace(/\s+/g, ' ').trim();
  return `${start > 0 ? '…' : ''}${middle}${end < text.length ? '…' : ''}`;
}
