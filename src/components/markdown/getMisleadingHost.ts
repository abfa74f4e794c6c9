/** Matches text that looks like an address. Its group is the host without `www.`. */
const ADDRESS =
  /^\s*(?:https?:\/\/)?(?:www\.)?((?:[^\s./?#@:]+\.)+[^\s./?#@:\d]{2,})(?=[/?#:\s]|$)/iu;
const EMAIL = /[^\s<>@]+@[^\s<>@]+/;

/**
 * Returns the host of a link whose text could mislead the user: the host is in punycode, or the text looks like an address with
 * another host. For email, returns the whole address. Returns undefined for links that do not mislead.
 */
export function getMisleadingHost(
  { protocol, hostname, pathname }: URL,
  text: string,
): string | undefined {
  if (protocol === 'mailto:') {
    const address = decodeAddress(pathname);
    return isSame(EMAIL.exec(text)?.[0], address) ? undefined : address;
  }
  if (/(?:^|\.)xn--/.test(hostname)) return hostname;
  const host = hostname.replace(/^www\.(?=.*\.)/, '');
  return isSame(ADDRESS.exec(text)?.[1], host) ? undefined : hostname;
}

/** @param claimed Address in the text of a link. Undefined if it contains none. */
function isSame(claimed: string | undefined, actual: string): boolean {
  return claimed === undefined || claimed.toLowerCase() === actual.toLowerCase();
}

function decodeAddress(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
