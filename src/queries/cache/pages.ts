import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from '../../protocol/types.js';

/** Id that a page starts after (or ends before, if the query has `before`). null is the first page. */
export type Cursor = string | null;

/** A list in the cache: pages as the server returned them, in the order of loading. */
export type ListData<Item> = InfiniteData<Page<Item>, Cursor>;

/** Query parameters of all lists, in wire form. */
export interface ListQuery {
  limit?: number;
  order?: 'asc' | 'desc';
  after?: string;
  before?: string;
  run_id?: string;
  purpose?: string;
  filter?: string;
}

/** Fields that list functions need of an item. */
export interface Listed {
  id: string;
  created_at: number;
}

/** Returns true if pages are loaded towards the front: the query has a `before` and no `after`. */
function isBackward(query: ListQuery | undefined): boolean {
  return !!query?.before && !query.after;
}

/** Returns true if a list has no cursors of its own, so that new items belong in it. */
export function isWholeList(query: ListQuery | undefined): boolean {
  return !query?.after && !query?.before;
}

/** Returns the query of one page, in wire form, without empty cursors: servers take `after=` as an unknown id. */
export function getPageQuery<Query extends ListQuery>(
  query: Query | undefined,
  cursor: Cursor,
): Query | undefined {
  const pageQuery: ListQuery = { ...query };
  if (cursor !== null) pageQuery[isBackward(query) ? 'before' : 'after'] = cursor;
  if (!pageQuery.after) delete pageQuery.after;
  if (!pageQuery.before) delete pageQuery.before;
  // Only cursors were added or removed, and the query of every list has optional cursors.
  return Object.keys(pageQuery).length === 0 ? undefined : (pageQuery as Query);
}

/**
 * Returns the cursor of the next page; undefined at the end of the list. An empty page or a known cursor is the end
 * too, even if the server reports more pages.
 */
export function getNextCursor<Item extends Listed>(
  query: ListQuery | undefined,
  lastPage: Page<Item>,
  cursors: readonly Cursor[],
): Cursor | undefined {
  if (!lastPage.has_more) return undefined;
  const cursor = lastPage.data.at(isBackward(query) ? 0 : -1)?.id;
  return cursor === undefined || cursors.includes(cursor) ? undefined : cursor;
}

/** Returns all loaded items in the order of the wire, without duplicates. */
export function flattenPages<Item extends Listed>(data: ListData<Item>): Item[] {
  return joinPages(data.pages);
}

function flattenReversed<Item extends Listed>(data: ListData<Item>): Item[] {
  return joinPages(data.pages).reverse();
}

function flattenBackward<Item extends Listed>(data: ListData<Item>): Item[] {
  return joinPages(data.pages.toReversed());
}

function flattenBackwardReversed<Item extends Listed>(data: ListData<Item>): Item[] {
  return joinPages(data.pages.toReversed()).reverse();
}

/**
 * Returns the selector of a list in the order of the wire. It is a constant for each kind of query, because TanStack
 * Query runs a changed selector again.
 */
export function getWireOrderSelector(query: ListQuery | undefined): typeof flattenPages {
  return isBackward(query) ? flattenBackward : flattenPages;
}

/** Returns the selector of a list oldest first, for any `order` on the wire. */
export function getOldestFirstSelector(query: ListQuery | undefined): typeof flattenPages {
  if (query?.order === 'asc') return getWireOrderSelector(query);
  return isBackward(query) ? flattenBackwardReversed : flattenReversed;
}

/** Returns the item with this id; undefined if it is not loaded. */
export function findItem<Item extends Listed>(
  data: ListData<Item> | undefined,
  id: string,
): Item | undefined {
  return data?.pages.flatMap((page) => page.data).find((item) => item.id === id);
}

/** Returns the list with one item changed; the same list if the item is not loaded or did not change. */
export function updateItem<Item extends Listed>(
  data: ListData<Item>,
  id: string,
  update: (item: Item) => Item,
): ListData<Item> {
  return updatePages(data, (items) => {
    const index = items.findIndex((item) => item.id === id);
    const item = items[index];
    return item === undefined ? items : items.with(index, update(item));
  });
}

/** Returns the list without the item. */
export function removeItem<Item extends Listed>(data: ListData<Item>, id: string): ListData<Item> {
  return updatePages(data, (items) => items.filter((item) => item.id !== id));
}

/**
 * Returns the list with a new item at its place by time, on the newer side of items with the same time. Returns the
 * same list if that place is not loaded.
 *
 * @param hasNoPlace Returns true for items without a server time. They stay next to the items that they were added to.
 */
export function insertItem<Item extends Listed>(
  data: ListData<Item>,
  item: Item,
  order: 'asc' | 'desc' = 'desc',
  hasNoPlace: (item: Item) => boolean = () => false,
): ListData<Item> {
  const comesLater = (other: Item) => {
    if (hasNoPlace(other)) return false;
    const isNewer = other.created_at > item.created_at;
    return order === 'asc' ? isNewer : !isNewer;
  };
  for (const [pageIndex, page] of data.pages.entries()) {
    let index = page.data.findIndex(comesLater);
    if (index === -1) continue;
    while (order === 'desc' && index > 0 && hasNoPlace(page.data[index - 1] ?? item)) index -= 1;
    return {
      ...data,
      pages: data.pages.with(pageIndex, { ...page, data: page.data.toSpliced(index, 0, item) }),
    };
  }
  const last = data.pages.at(-1);
  if (last === undefined || last.has_more) return data;
  return { ...data, pages: data.pages.with(-1, { ...last, data: [...last.data, item] }) };
}

/** Returns the cached page that starts after the cursor; undefined if there is none. */
export function findPageAfter<Item extends Listed>(
  data: ListData<Item> | undefined,
  cursor: Cursor,
): Page<Item> | undefined {
  const index = data?.pages.findIndex((page) => page.data.at(-1)?.id === cursor) ?? -1;
  return index === -1 ? undefined : data?.pages[index + 1];
}

/**
 * Returns a fetched page, extended by the rest of the cached page that contains its last item. See `keepsHistory` of
 * `createInfiniteQueryOptions`.
 */
export function growPage<Item extends Listed>(
  data: ListData<Item> | undefined,
  fetched: Page<Item>,
): Page<Item> {
  const lastId = fetched.data.at(-1)?.id;
  if (!fetched.has_more || lastId === undefined) return fetched;
  for (const page of data?.pages ?? []) {
    const index = page.data.findIndex((item) => item.id === lastId);
    if (index === -1) continue;
    const rest = page.data.slice(index + 1);
    if (rest.length === 0) return fetched;
    return { ...fetched, data: [...fetched.data, ...rest], has_more: page.has_more };
  }
  return fetched;
}

/** Updates the items of every page. Pages and lists whose items did not change keep their identity. */
function updatePages<Item>(
  data: ListData<Item>,
  update: (items: Item[]) => Item[],
): ListData<Item> {
  const pages = data.pages.map((page) => {
    const items = update(page.data);
    return hasSameEntries(items, page.data) ? page : { ...page, data: items };
  });
  return hasSameEntries(pages, data.pages) ? data : { ...data, pages };
}

function hasSameEntries<Value>(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/**
 * Returns the items of all pages without duplicates, which occur if items were added to the list between two requests.
 */
function joinPages<Item extends Listed>(pages: readonly Page<Item>[]): Item[] {
  const items = pages.flatMap(({ data }) => data);
  const candidates = findDuplicateCandidates(items);
  const ids = new Set(candidates.map(({ id }) => id));
  return ids.size === candidates.length ? items : removeDuplicates(items);
}

/**
 * Returns the items that may be duplicates. The timestamps of duplicates are the same, so in a list sorted by time,
 * only neighbours with the same timestamp are candidates. A set of all ids would make long lists slow.
 */
function findDuplicateCandidates<Item extends Listed>(items: readonly Item[]): readonly Item[] {
  const sameTimestamp: Item[] = [];
  let isAscending = true;
  let isDescending = true;
  let previous: Item | undefined;
  for (const item of items) {
    const difference = previous ? item.created_at - previous.created_at : 0;
    // Negated comparisons, so that an invalid timestamp makes the list unsorted.
    if (!(difference >= 0)) isAscending = false;
    if (!(difference <= 0)) isDescending = false;
    if (previous && difference === 0) {
      if (sameTimestamp.at(-1) !== previous) sameTimestamp.push(previous);
      sameTimestamp.push(item);
    }
    previous = item;
  }
  return isAscending || isDescending ? sameTimestamp : items;
}

function removeDuplicates<Item extends Listed>(items: readonly Item[]): Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item);
  return [...byId.values()];
}
