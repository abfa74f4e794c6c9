import type { Page } from '../protocol/types.js';
import type { AssistantsError } from './AssistantsError.js';
import type { ClientRequest } from './ClientRequest.js';
import type { ServerProfile } from './ServerProfile.js';

/** Maximum page size of the API. */
const PAGE_LIMIT = 100;

/** Statuses of failures that another request for the same list would have, too. */
const UNRELATED_STATUSES = new Set([401, 403, 405, 408, 429, 501]);

interface ListRequest {
  query?: { after?: string };
}

/**
 * Returns true if the server cannot continue a list after an item, or may have refused a request because of that. Such servers
 * answer with any status.
 */
export function isCursorRefused(
  { supported }: ServerProfile,
  { params }: ClientRequest<unknown>,
  failure: AssistantsError | undefined,
): boolean {
  const { query }: ListRequest = params;
  if (!query?.after || supported.after === true) return false;
  if (!failure) return supported.after === false;
  const { status = 0, message } = failure;
  // A server that names the item in its refusal knows the parameter, but not the item.
  return status >= 400 && !UNRELATED_STATUSES.has(status) && !message.includes(query.after);
}

/** Returns the request for the first items of a list, as many as a page may have. */
export function withoutCursor<Result>(request: ClientRequest<Result>): ClientRequest<Result> {
  const { query, ...ids }: ListRequest = request.params;
  const { after: _after, ...rest } = query ?? {};
  return { ...request, params: { ...ids, query: { ...rest, limit: PAGE_LIMIT } } };
}

/** Returns the items of a result after the item of a request's cursor. Undefined if the result does not contain them. */
export function takeItemsAfterCursor<Result>(
  result: Result,
  { params }: ClientRequest<Result>,
): Result | undefined {
  const { query }: ListRequest = params;
  // Requests with cursors are those of lists, whose results are `{ data: Page, response }`.
  const { data: page } = result as { data: Page<{ id: string }> };
  const start = page.data.findIndex(({ id }) => id === query?.after) + 1;
  if (start === 0 || (start === page.data.length && page.has_more)) return undefined;
  return { ...result, data: { ...page, data: page.data.slice(start) } };
}
