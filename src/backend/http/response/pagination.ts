import type { Page, PageQuery } from '../../../protocol/types.js';
import { badRequest, type HttpError, invalidType, invalidValue } from '../../domain/errors.js';
import type { Collection, Collections, ListQuery, Store } from '../../stores/Store.js';

/** Limits of the `limit` parameter of a list. */
export interface PageRules {
  /** @default 100 */
  maxLimit?: number;
  /** @default 20 */
  defaultLimit?: number;
  /** Returns the id under which the object of a cursor is stored. @default the cursor */
  toStoredId?: (id: string) => string;
}

/** Page with its cursors. */
export type ListResponse<Item> = Page<Item> & { first_id: string | null; last_id: string | null };

/** Returns a page of a stored list. @throws HttpError 400 if the query is invalid. */
export async function listPage<C extends Collection>(
  store: Store,
  collection: C,
  query: URLSearchParams,
  scope: Pick<ListQuery, 'parent' | 'where'> = {},
  rules: PageRules = {},
): Promise<ListResponse<Collections[C]>> {
  const pageQuery = readPageQuery(query, rules);
  const { toStoredId = (id: string) => id } = rules;
  const cursors = Object.fromEntries(
    Object.entries({ after: pageQuery.after, before: pageQuery.before }).flatMap(([name, id]) =>
      id === undefined ? [] : [[name, toStoredId(id)]],
    ),
  );
  const page = await store.list(collection, { ...scope, ...pageQuery, ...cursors });
  if (page === null) throw unknownCursor(pageQuery);
  return toListResponse(page.data, page.hasMore);
}

/**
 * Returns a page of a list in memory.
 * @param items Complete list, oldest first.
 * @throws HttpError 400 if the query is invalid.
 */
export function paginate<Item extends { id: string }>(
  items: readonly Item[],
  query: URLSearchParams,
): ListResponse<Item> {
  const { order, limit, after, before } = readPageQuery(query);
  const ordered = order === 'asc' ? [...items] : items.toReversed();
  const findCursor = (id: string): number => {
    const index = ordered.findIndex((item) => item.id === id);
    if (index === -1) throw unknownCursor({ after, before });
    return index;
  };
  const start = after === undefined ? 0 : findCursor(after) + 1;
  const end = before === undefined ? ordered.length : findCursor(before);
  const window = ordered.slice(start, Math.max(start, end));
  const isBackward = before !== undefined && after === undefined;
  const data = isBackward ? window.slice(-limit) : window.slice(0, limit);
  return toListResponse(data, window.length > data.length);
}

/** Reads the parameters of a list. @throws HttpError 400 if one is invalid. */
export function readPageQuery(
  query: URLSearchParams,
  { maxLimit = 100, defaultLimit = 20 }: PageRules = {},
): Required<Pick<PageQuery, 'limit' | 'order'>> & Pick<PageQuery, 'after' | 'before'> {
  const order = query.get('order') ?? 'desc';
  const limit = readLimit(query.get('limit') ?? String(defaultLimit), maxLimit);
  if (order !== 'asc' && order !== 'desc') throw invalidValue('order', order, ['asc', 'desc']);
  // Clients send an empty cursor for the first page.
  const after = query.get('after') || undefined;
  const before = query.get('before') || undefined;
  return {
    limit,
    order,
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}

function readLimit(text: string, maxLimit: number): number {
  if (!/^-?\d+$/.test(text)) throw invalidType('limit', 'an integer', 'a string');
  const limit = Number(text);
  if (limit < 1) {
    throw badRequest(
      `Invalid 'limit': integer below minimum value. Expected a value >= 1, but got ${text} instead.`,
      { param: 'limit', code: 'integer_below_min_value' },
    );
  }
  if (limit > maxLimit) {
    throw badRequest(
      `Invalid 'limit': integer above maximum value. Expected a value <= ${maxLimit}, but got ${text} instead.`,
      { param: 'limit', code: 'integer_above_max_value' },
    );
  }
  return limit;
}

function toListResponse<Item extends { id: string }>(
  data: Item[],
  hasMore: boolean,
): ListResponse<Item> {
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: hasMore,
  };
}

interface Cursors {
  after?: string | undefined;
  before?: string | undefined;
}

function unknownCursor({ after, before }: Cursors): HttpError {
  const param = after === undefined ? 'before' : 'after';
  return badRequest(`Invalid '${param}': no object with id '${after ?? before}' is in this list.`, {
    param,
    code: 'invalid_value',
  });
}
