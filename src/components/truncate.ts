import { sliceText } from '../common/sliceText.js';

/**
 * Shortens an untrusted text for a place with room for one line, such as a name, a title or a reason. Shortened texts end in
 * an ellipsis.
 *
 * @param maxLength Limit in UTF-16 units. @default 300, which real names do not reach
 */
export function truncate(text: string, maxLength = 300): string {
  if (text.length <= maxLength) return text;
  return `${sliceText(text, 0, maxLength)}…`;
}

/** Control characters that change the direction of the text after them. */
const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Shortens the name of a file. Removes characters that change the direction of text, because they can disguise its end:
 * a program looks like a picture with them.
 */
export function truncateFileName(name: string): string {
  return truncate(name.replace(DIRECTION_CONTROLS, ''));
}
