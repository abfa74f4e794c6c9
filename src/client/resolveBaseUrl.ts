import type { AssistantsClientOptions } from './AssistantsClient.js';
import { AssistantsError } from './AssistantsError.js';

/** Returns the `baseUrl` option without trailing slashes and a fragment. JavaScript also passes URL objects. */
export function normalizeBaseUrl(baseUrl: string | URL = '/v1'): string {
  return String(baseUrl).replace(/\/*(?:#.*)?$/, '');
}

/**
 * Returns an absolute base URL. Called for each request, so that a client can be created on a server that renders the page.
 * A relative URL needs no page if there is a custom `fetch`, to which the host is irrelevant.
 *
 * @throws AssistantsError of kind 'protocol' if the URL is relative and this runs outside of a page.
 */
export function resolveBaseUrl(options: AssistantsClientOptions): string {
  const baseUrl = normalizeBaseUrl(options.baseUrl);
  if (/^https?:\/\//i.test(baseUrl)) return baseUrl;
  const origin = getPageOrigin() ?? (options.fetch ? 'http://localhost' : undefined);
  if (origin !== undefined) return normalizeBaseUrl(new URL(baseUrl, origin).href);
  const message = `The relative baseUrl '${baseUrl}' needs a page. Pass an absolute URL.`;
  throw new AssistantsError('protocol', message);
}

/** Sandboxed frames and `data:` pages have the origin 'null'. */
function getPageOrigin(): string | undefined {
  const origin = globalThis.location?.origin;
  return origin && origin !== 'null' ? origin : undefined;
}
