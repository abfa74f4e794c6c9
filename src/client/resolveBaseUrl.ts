import { AssistantsError } from './AssistantsError.js';

/** Returns the `baseUrl` option without trailing slashes and a fragment. JavaScript also passes URL objects. */
export function normalizeBaseUrl(baseUrl: string | URL = '/v1'): string {
  return String(baseUrl).replace(/\/*(?:#.*)?$/, '');
}

/**
 * Returns an absolute base URL. Called for each request, so that a client can be created on a server that renders the page.
 *
 * @param hasCustomFetch A relative URL then needs no page: the host is irrelevant to a custom `fetch`.
 * @throws AssistantsError of kind 'protocol' if the URL is relative and this runs outside of a page.
 */
export function resolveBaseUrl(baseUrl: string, hasCustomFetch: boolean): string {
  if (/^https?:\/\//i.test(baseUrl)) return baseUrl;
  const origin = getPageOrigin() ?? (hasCustomFetch ? 'http://localhost' : undefined);
  if (origin !== undefined) return normalizeBaseUrl(new URL(baseUrl, origin).href);
  const message = `The relative baseUrl '${baseUrl}' needs a page. Pass an absolute URL.`;
  throw new AssistantsError('protocol', message);
}

/** Sandboxed frames and `data:` pages have the origin 'null'. */
function getPageOrigin(): string | undefined {
  const origin = globalThis.location?.origin;
  return origin && origin !== 'null' ? origin : undefined;
}
