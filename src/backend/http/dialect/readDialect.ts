import type { Dialect } from '../operations.js';

/** First `api-version` of Azure with version 2 of the API. Earlier ones have version 1. */
const FIRST_API_VERSION_OF_V2 = '2024-05-01';

/**
 * Reads the API version from the OpenAI-Beta header, or without it from the `api-version` that the SDKs of Azure send in the
 * query. Requests with neither use version 2. Returns undefined if the header names no known version.
 */
export function readDialect(request: Pick<Request, 'headers' | 'url'>): Dialect | undefined {
  const header = request.headers.get('openai-beta');
  if (header === null) return readApiVersion(new URL(request.url).searchParams);
  const versions = header.split(',').map((version) => version.trim());
  if (versions.includes('assistants=v2')) return 'v2';
  return versions.includes('assistants=v1') ? 'v1' : undefined;
}

/** An `api-version` is a date, such as `2024-02-15-preview`, or a name of a later version, such as `v1`. */
function readApiVersion(query: URLSearchParams): Dialect {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(query.get('api-version') ?? '')?.[0];
  return date !== undefined && date < FIRST_API_VERSION_OF_V2 ? 'v1' : 'v2';
}
