/** Blanks, controls, invisible and direction-changing characters, and backslashes: what hides where an address leads. */
const DECEPTIVE =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u0020\u007f-\u00a0\\]|\p{Default_Ignorable_Code_Point}|\p{White_Space}|\ufffd/u;

/**
 * The address of a link that may be followed: absolute http, https or mailto, without credentials in it. Undefined for
 * everything else, `javascript:`, `data:` and `//host` included.
 */
export function safeLinkUrl(address: string): URL | undefined {
  return /^mailto:[^/?]/i.test(address) ? parse(address) : safeImageUrl(address);
}

/** The address of an image that may be loaded once the reader agrees: absolute http or https, without credentials in it. */
export function safeImageUrl(address: string): URL | undefined {
  const url = /^https?:\/\/[^/?#]/i.test(address) ? parse(address) : undefined;
  return url?.username === '' && url.password === '' ? url : undefined;
}

/**
 * The host to show beside a link's text, so that the text cannot pretend another one: where the host is written in
 * punycode, or where the text looks like an address with a different host. Undefined where nothing needs saying.
 */
export function hostToShow(url: URL, text: string): string | undefined {
  if (url.protocol === 'mailto:') {
    const claimed = /[^\s<>@]+@[^\s<>@]+/.exec(text)?.[0];
    const address = attempt(() => decodeURIComponent(url.pathname)) ?? url.pathname;
    return claimed !== undefined && claimed.toLowerCase() !== address.toLowerCase()
      ? address
      : undefined;
  }
  if (/(?:^|\.)xn--/.test(url.hostname)) return url.hostname;
  const claimed = /^\s*(?:https?:\/\/)?((?:[^\s./?#@:]+\.)+[^\s./?#@:\d]{2,})(?=[/?#:\s]|$)/iu
    .exec(text)?.[1]
    ?.toLowerCase();
  if (claimed === undefined) return undefined;
  const bare = (host: string): string => host.replace(/^www\./, '');
  return bare(claimed) === bare(url.hostname) ? undefined : url.hostname;
}

/** Not `URL.canParse`: Node's refuses letters beyond ASCII once it has been called some thousand times. */
function parse(address: string): URL | undefined {
  return DECEPTIVE.test(address) ? undefined : attempt(() => new URL(address));
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
