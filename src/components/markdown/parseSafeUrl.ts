/** Matches characters that disguise an address: white space, control, invisible and bidirectional characters, and backslashes. */
const DECEPTIVE =
  // oxlint-disable-next-line no-control-regex -- matches control characters on purpose
  /[\u0000-\u0020\u007f-\u00a0\\]|\p{Default_Ignorable_Code_Point}|\p{White_Space}|\ufffd/u;

/**
 * Parses the address of a link. Returns undefined unless it is an absolute http, https or mailto address without credentials:
 * `javascript:`, `data:` and `//host` are not safe.
 */
export function parseLinkUrl(address: string): URL | undefined {
  return /^mailto:[^/?]/i.test(address) ? parseUrl(address) : parseImageUrl(address);
}

/** Parses the address of an image. Returns undefined unless it is an absolute http or https address without credentials. */
export function parseImageUrl(address: string): URL | undefined {
  const url = /^https?:\/\/[^/?#]/i.test(address) ? parseUrl(address) : undefined;
  return url?.username === '' && url.password === '' ? url : undefined;
}

function parseUrl(address: string): URL | undefined {
  if (DECEPTIVE.test(address)) return undefined;
  try {
    return new URL(address);
  } catch {
    // Not `URL.canParse`: that of Node rejects letters beyond ASCII after some thousand calls.
    return undefined;
  }
}
