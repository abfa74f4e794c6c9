import type { Inline } from './tokens.js';
import { unescape } from './unescape.js';

/** Matches the content of angle brackets: a URL, an email address, or a line break, which models write in table cells. */
export function readEnclosed(mark: string): Inline {
  const inside = mark.slice(1, -1);
  if (inside.includes(':')) return createLink(inside, inside);
  return inside.includes('@') ? createLink(`mailto:${inside}`, inside) : { type: 'break' };
}

/** Reads a bare URL. Returns it with its length, without trailing punctuation. */
export function readBare(written: string): { link: Inline; length: number } {
  const length = measureUrl(written);
  const text = unescape(written.slice(0, length));
  return { link: createLink(getScheme(text) + text, text), length };
}

/** Returns the scheme that a bare URL or email address lacks. */
function getScheme(text: string): string {
  if (/^www\./i.test(text)) return 'http://';
  return text.includes(':') ? '' : 'mailto:';
}

function createLink(address: string, text: string): Inline {
  return { type: 'link', address, title: undefined, inlines: [{ type: 'text', text }] };
}

/** A closing parenthesis belongs to a URL that contains its opening one: `https://example.org/a_(b)`. */
function measureUrl(written: string): number {
  let surplus = written.split(')').length - written.split('(').length;
  let length = written.length;
  for (; length > 0; length -= 1) {
    const last = written.charAt(length - 1);
    if (last === ')' && surplus > 0) surplus -= 1;
    else if (!/[?!.,:;*_~'"”’…]/.test(last)) break;
  }
  return length;
}
