import type { Target } from './tokens.js';

/** Returns the characters of a named character reference. Undefined for unknown names. */
export type NameDecoder = (name: string) => string | undefined;

/** Character that text cannot contain, because it delimits marks: see `insertMarks`. */
export const RESERVED_CHARACTER = '\ue000';

/** Replaces characters that are not allowed. */
export const REPLACEMENT_CHARACTER = '\ufffd';

/** Matches an escaped character, and a character reference by number or by name. The longest name has 31 characters. */
export const ESCAPE = /\\([!-/:-@[-`{-~])|&#(x[\da-f]{1,6}|\d{1,7});|&([a-z][a-z\d]{1,30});/gi;

/** Resolves backslash escapes and character references. Unknown names are kept as written. */
export function decodeText(text: string, decodeName: NameDecoder): string {
  return text.replace(ESCAPE, (source, escaped?: string, number?: string, name?: string) => {
    if (escaped !== undefined) return escaped;
    if (number !== undefined) return decodeNumber(number);
    return decodeName(name ?? '') ?? source;
  });
}

/** Resolves escapes and character references in the target of a link. */
export function decodeTarget({ address, title }: Target, decodeName: NameDecoder): Target {
  return {
    address: decodeText(address, decodeName),
    title: title === undefined ? undefined : decodeText(title, decodeName),
  };
}

/** @param number Decimal digits, or hexadecimal ones after `x`. */
function decodeNumber(number: string): string {
  // `0x41` is hexadecimal, `065` is decimal.
  const code = Number(`0${number}`);
  const isSurrogate = code >= 0xd8_00 && code <= 0xdf_ff;
  if (code === 0 || code > 0x10_ff_ff || isSurrogate) return REPLACEMENT_CHARACTER;
  const character = String.fromCodePoint(code);
  return character === RESERVED_CHARACTER ? REPLACEMENT_CHARACTER : character;
}
