/**
 * Returns true if an origin is that of the URL of a request. The URL has `http:` if TLS ends at a load balancer in front of
 * the server, so a page of the same host with `https:` has this origin, too.
 */
export function isOriginOf(origin: string, url: string): boolean {
  const target = new URL(url);
  if (origin === target.origin) return true;
  return target.protocol === 'http:' && origin === `https://${target.host}`;
}
