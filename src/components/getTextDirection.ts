/** Matches a letter of a script that is written from right to left. */
const RTL_LETTER =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Matches what has no direction of its own in prose: code, addresses of links, and bare addresses. */
const CODE_AND_ADDRESSES = /`[^`]*`|\]\([^)\s]*|(?:https?:\/\/|www\.)\S*/g;
const WORD = /[\p{L}\p{M}]+/gu;
/** From this share of words on, a text is written from right to left. It may contain many names in Latin letters. */
const MIN_RTL_SHARE = 0.4;
/** Length of the part of a text that is read, in UTF-16 units. */
const MAX_LENGTH = 2_000;

/**
 * Returns the `dir` attribute of prose by the weight of its words. The first letter alone, which `auto` uses, misleads in a text
 * that starts with a name in another script. Text without letters has the direction of its surroundings.
 */
export function getTextDirection(text: string): 'auto' | 'ltr' | 'rtl' | undefined {
  const start = text.slice(0, MAX_LENGTH);
  if (!RTL_LETTER.test(start)) return /\p{L}/u.test(start) ? 'auto' : undefined;
  const words = start.replace(CODE_AND_ADDRESSES, ' ').match(WORD) ?? [];
  const rtlCount = words.filter((word) => RTL_LETTER.test(word)).length;
  return rtlCount >= words.length * MIN_RTL_SHARE ? 'rtl' : 'ltr';
}
