import type { Page, PageQuery } from '../../../protocol/types.js';
import { badRequest, type HttpError, invalidType, invalidValue } from '../../domain/errors.js';
import type { Collection, Collections, ListQuery, Store } from '../../stores/Store.js';

/** What a list reads of its query: `limit` up to 100 unless told otherwise. */
export interface PageRules {
  maxLimit?: number;
  /** @default 20 */
  defaultLimit?: number;
}

/** A page of a stored list, as listMessages and its like answer it. @throws HttpError 400 when the query is not valid */
export async function listPage<C extends Collection>(
  store: Store,
  collection: C,
  query: URLSearchParams,
  scope: Pick<ListQuery, 'parent' | 'where'> = {},
  rules: PageRules = {},
): Promise<ListResponse<Collections[C]>> {
  const asked = readPageQuery(query, rules);
  const page = await store.list(collection, { ...scope, ...asked });
  if (page === null) throw unknownCursor(asked);
  return listAnswer(page.data, page.hasMore);
}

/** A page of a list that is at hand, oldest first, each item under its `id`. */
export function paginate<Item extends { id: string }>(
  items: readonly Item[],
  query: URLSearchParams,
): ListResponse<Item> {
  const asked = readPageQuery(query);
  const ordered = asked.order === 'asc' ? [...items] : items.toReversed();
  const position = (id: string | undefined, otherwise: number): number => {
    if (id === undefined) return otherwise;
    const index = ordered.findIndex((item) => item.id === id);
    if (index === -1) throw unknownCursor(asked);
    return index;
  };
  const start = position(asked.after, -1) + 1;
  const end = position(asked.before, ordered.length);
  const window = ordered.slice(start, Math.max(start, end));
  const backwards = asked.before !== undefined && asked.after === undefined;
  const data = backwards ? window.slice(-asked.limit) : window.slice(0, asked.limit);
  return listAnswer(data, window.length > data.length);
}

/** @throws HttpError 400 */
export function readPageQuery(
  query: URLSearchParams,
  { maxLimit = 100, defaultLimit = 20 }: PageRules = {},
): Required<Pick<PageQuery, 'limit' | 'order'>> & Pick<PageQuery, 'after' | 'before'> {
  const limit = query.get('limit') ?? String(defaultLimit);
  const order = query.get('order') ?? 'desc';
  if (!/^-?\d+$/.test(limit)) {
    throw invalidType('limit', 'an integer', 'a string');
  }
  if (Number(limit) < 1) {
    throw badRequest(
      `Invalid 'limit': integer below minimum value. Expected a value >= 1, but got ${limit} instead.`,
      {
        param: 'limit',
        code: 'integer_below_min_value',
      },
    );
  }
  if (Number(limit) > maxLimit) {
    throw badRequest(
      `Invalid 'limit': integer above maximum value. Expected a value <= ${maxLimit}, but got ${limit} instead.`,
      { param: 'limit', code: 'integer_above_max_value' },
    );
  }
  if (order !== 'asc' && order !== 'desc') {
    throw invalidValue('order', order, ['asc', 'desc']);
  }
  // Clients send an empty cursor where they have none.
  const after = query.get('after') || undefined;
  const before = query.get('before') || undefined;
  return {
    limit: Number(limit),
    order,
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
  };
}

/** A page with its cursors, as lists answer it. */
export type ListResponse<Item> = Page<Item> & { first_id: string | null; last_id: string | null };

function listAnswer<Item extends { id: string }>(
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

function unknownCursor({ after, before }: Pick<PageQuery, 'after' | 'before'>): HttpError {
  const param = after === undefined ? 'before' : 'after';
  return badRequest(`Invalid '${param}': no object with id '${after ?? before}' is in this list.`, {
    param,
    code: 'invalid_value',
  });
}
