import { isOriginOf } from '../../common/isOriginOf.js';

/**
 * Returns true if a request comes from a page of the proxy's own origin, as the browser reports it. Programs other than
 * browsers send no origin, and have no cookies that could be abused.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  return origin === null || isOriginOf(origin, request.url);
}

/** Returns the content type in lower case, without its parameters. Empty if there is none. */
export function readMediaType(headers: Headers): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1);
  return type.trim().toLowerCase();
}
