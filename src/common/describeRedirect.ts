const MAX_LENGTH = 200;

/**
 * Returns the address of a redirect for an error message. Query, fragment and credentials are left out, because they may be
 * secret.
 *
 * @param response Response for which `isRedirect` is true.
 * @param requestUrl Absolute address of the request.
 */
export function describeRedirect(response: Response, requestUrl: string): string {
  if (response.redirected) return formatAddress(response.url, requestUrl);
  if (response.type === 'opaqueredirect') return 'another address, which browsers do not reveal';
  return formatAddress(response.headers.get('location') ?? '', requestUrl);
}

function formatAddress(location: string, requestUrl: string): string {
  if (location === '' || !URL.canParse(location, requestUrl)) return 'an invalid address';
  const { protocol, host, pathname } = new URL(location, requestUrl);
  return `${protocol}//${host}${pathname}`.slice(0, MAX_LENGTH);
}
