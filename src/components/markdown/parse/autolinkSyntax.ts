import { decodeText, type NameDecoder } from './decodeText.js';
import type { Inline } from './tokens.js';

/** Converts angle brackets to a link to a URL or an email address, or to a line break, which models write in table cells. */
export function convertAngleBrackets(source: string): Inline {
  const content = source.slice(1, -1);
  if (content.includes(':')) return createLink(content, content);
  return content.includes('@') ? createLink(`mailto:${content}`, content) : { type: 'break' };
}

/** Converts a bare URL or email address to a link. Returns the link and its length, without punctuation at the end. */
export function convertBareAddress(
  source: string,
  decodeName: NameDecoder,
): { link: Inline; length: number } {
  const length = getAddressLength(source);
  const text = decodeText(source.slice(0, length), decodeName);
  return { link: createLink(getMissingScheme(text) + text, text), length };
}

function getMissingScheme(address: string): string {
  if (/^www\./i.test(address)) return 'http://';
  return address.includes(':') ? '' : 'mailto:';
}

function createLink(address: string, text: string): Inline {
  return { type: 'link', address, title: undefined, inlines: [{ type: 'text', text }] };
}

/** A closing parenthesis belongs to an address with the opening one: `https://example.org/a_(b)`. */
function getAddressLength(source: string): number {
  let unopenedCount = source.split(')').length - source.split('(').length;
  let length = source.length;
  for (; length > 0; length -= 1) {
    const last = source.charAt(length - 1);
    if (last === ')' && unopenedCount > 0) unopenedCount -= 1;
    else if (!/[?!.,:;*_~'"”’…]/.test(last)) break;
  }
  return length;
}
