import type { PromptItem, PromptPart } from './PromptItem.js';

/** Estimated cost of an image, in characters. */
const IMAGE_LENGTH = 4000;
export const CHARACTERS_PER_TOKEN = 4;

/**
 * Drops the oldest entries of a prompt until the rest fits. Keeps the newest user message and everything after it. Returns
 * undefined if these do not fit.
 */
export function shortenPrompt(
  items: readonly PromptItem[],
  maxLength: number,
): readonly PromptItem[] | undefined {
  const newestUserIndex = getNewestUserIndex(items);
  const lengths = items.map(getItemLength);
  let length = lengths.reduce((sum, one) => sum + one, 0);
  let first = 0;
  while (length > maxLength && first < newestUserIndex) {
    length -= lengths[first] ?? 0;
    first += 1;
  }
  return length > maxLength ? undefined : items.slice(first);
}

/** Returns the newest user message of a prompt and everything after it. */
export function keepNewest(items: readonly PromptItem[]): readonly PromptItem[] {
  return items.slice(Math.max(getNewestUserIndex(items), 0));
}

/** Returns the estimated length of a prompt in characters. */
export function getPromptLength(items: readonly PromptItem[]): number {
  return items.reduce((sum, item) => sum + getItemLength(item), 0);
}

function getNewestUserIndex(items: readonly PromptItem[]): number {
  return items.findLastIndex(({ role }) => role === 'user');
}

function getItemLength(item: PromptItem): number {
  if (item.role === 'output') return item.output.length;
  const length = item.parts.reduce((sum, part) => sum + getPartLength(part), 0);
  if (item.role === 'user') return length;
  return item.calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, length);
}

function getPartLength(part: PromptPart): number {
  return part.type === 'text' ? part.text.length : IMAGE_LENGTH;
}
