/** Matches characters that disguise the target of a URL: white space, controls, invisible and bidirectional characters, backslashes. */
const DECEPTIVE =
  // oxlint-disable-next-line no-control-regex -- matches control characters on purpose
  /[\u0000-\u0020\u007f-\u00a0\\]|\p{Default_Ignorable_Code_Point}|\p{White_Space}|\ufffd/u;

/**
 * Returns the URL of a safe link: absolute http, https or mailto, without credentials. Undefined for all others, including
 * `javascript:`, `data:` and `//host`.
 */
export function safeLinkUrl(address: string): URL | undefined {
  return /^mailto:[^/?]/i.test(address) ? parse(address) : safeImageUrl(address);
}

/** Returns the URL of an image that may be loaded with the user's consent: absolute http or https, without credentials. */
export function safeImageUrl(address: string): URL | undefined {
  const url = /^https?:\/\/[^/?#]/i.test(address) ? parse(address) : undefined;
  return url?.username === '' && url.password === '' ? url : undefined;
}

/**
 * Returns the host to show next to the text of a link that could mislead: if the host is in punycode, or if the text looks like
 * a URL with a different host. Undefined otherwise.
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

/** `URL.canParse` of Node rejects non-ASCII letters after some thousand calls. */
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
