import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from '../../protocol/types.js';

/** Where a page begins: behind (or, with `before`, in front of) this id; null is the first page. */
export type Cursor = string | null;

/** A list as the cache holds it: pages as the server cut them, in the order they were loaded. */
export type ListData<Item> = InfiniteData<Page<Item>, Cursor>;

/** What every list can be asked for, in wire form. */
export interface ListQuery {
  limit?: number;
  order?: 'asc' | 'desc';
  after?: string;
  before?: string;
  run_id?: string;
  purpose?: string;
}

/** What lists need to know of an item. */
export interface Listed {
  id: string;
  created_at: number;
}

/** Whether pages are loaded towards the front: the query has a `before` and no `after`. */
function goesBackward(query: ListQuery | undefined): boolean {
  return !!query?.before && !query.after;
}

/** Whether the list is everything there is, so that something new belongs into it. */
export function isWholeList(query: ListQuery | undefined): boolean {
  return !query?.after && !query?.before;
}

/** The query of one page, in wire form. Cursors that are empty are left out: servers take `after=` for an unknown id. */
export function getPageQuery<Query extends ListQuery>(
  query: Query | undefined,
  cursor: Cursor,
): Query | undefined {
  const wanted: ListQuery = { ...query };
  if (cursor !== null) wanted[goesBackward(query) ? 'before' : 'after'] = cursor;
  if (!wanted.after) delete wanted.after;
  if (!wanted.before) delete wanted.before;
  // Nothing was added but a cursor, which the query of every list has.
  return Object.keys(wanted).length === 0 ? undefined : (wanted as Query);
}

/**
 * The cursor of the next page, or undefined at the end of the list. A server that says that there is more, and then sends an
 * empty page or one that it has sent before, is at its end.
 */
export function nextCursor<Item extends Listed>(
  query: ListQuery | undefined,
  lastPage: Page<Item>,
  cursors: readonly Cursor[],
): Cursor | undefined {
  if (!lastPage.has_more) return undefined;
  const cursor = lastPage.data.at(goesBackward(query) ? 0 : -1)?.id;
  return cursor === undefined || cursors.includes(cursor) ? undefined : cursor;
}

/** All loaded items in the order of the wire, each once. */
export function flattenPages<Item extends Listed>(data: ListData<Item>): Item[] {
  return unique(data.pages);
}

function itemsReversed<Item extends Listed>(data: ListData<Item>): Item[] {
  return unique(data.pages).reverse();
}

function itemsOfBackward<Item extends Listed>(data: ListData<Item>): Item[] {
  return unique(data.pages.toReversed());
}

function itemsOfBackwardReversed<Item extends Listed>(data: ListData<Item>): Item[] {
  return unique(data.pages.toReversed()).reverse();
}

/** How a list is read in the order of the wire. One of a few constants: TanStack selects again when the function changes. */
export function toWireOrder(query: ListQuery | undefined): typeof flattenPages {
  return goesBackward(query) ? itemsOfBackward : flattenPages;
}

/** How a list is read oldest first, whatever `order` it has on the wire. */
export function toOldestFirst(query: ListQuery | undefined): typeof flattenPages {
  if (query?.order === 'asc') return toWireOrder(query);
  return goesBackward(query) ? itemsOfBackwardReversed : itemsReversed;
}

/** The item of this id, if it is loaded. */
export function findItem<Item extends Listed>(
  data: ListData<Item> | undefined,
  id: string,
): Item | undefined {
  return data?.pages.flatMap((page) => page.data).find((item) => item.id === id);
}

/** The list with one item changed; the same list where it is not loaded, or the change is none. */
export function patchItem<Item extends Listed>(
  data: ListData<Item>,
  id: string,
  change: (item: Item) => Item,
): ListData<Item> {
  return changeItems(data, (items) => {
    const index = items.findIndex((item) => item.id === id);
    const item = items[index];
    return item === undefined ? items : items.with(index, change(item));
  });
}

/** The list without the item. */
export function removeItem<Item extends Listed>(data: ListData<Item>, id: string): ListData<Item> {
  return changeItems(data, (items) => items.filter((item) => item.id !== id));
}

/**
 * The list with a new item where its time puts it, behind all that is as old as itself. The same list where that place is not
 * loaded yet.
 *
 * @param isAfloat Items without a time of their own, which keep behind the items they were added to.
 */
export function insertItem<Item extends Listed>(
  data: ListData<Item>,
  item: Item,
  order: 'asc' | 'desc' = 'desc',
  isAfloat: (item: Item) => boolean = () => false,
): ListData<Item> {
  const comesLater = (other: Item) =>
    !isAfloat(other) &&
    (order === 'asc' ? other.created_at > item.created_at : !(other.created_at > item.created_at));
  for (const [pageIndex, page] of data.pages.entries()) {
    let index = page.data.findIndex(comesLater);
    if (index === -1) continue;
    if (order === 'desc') while (index > 0 && isAfloat(page.data[index - 1] ?? item)) index -= 1;
    return {
      ...data,
      pages: data.pages.with(pageIndex, { ...page, data: page.data.toSpliced(index, 0, item) }),
    };
  }
  const last = data.pages.at(-1);
  if (last === undefined || last.has_more) return data;
  return { ...data, pages: data.pages.with(-1, { ...last, data: [...last.data, item] }) };
}

/** The cached page that begins behind the cursor, if there is one. */
export function nextOlderPage<Item extends Listed>(
  data: ListData<Item> | undefined,
  cursor: Cursor,
): Page<Item> | undefined {
  const index = data?.pages.findIndex((page) => page.data.at(-1)?.id === cursor) ?? -1;
  return index === -1 ? undefined : data?.pages[index + 1];
}

/** A fresh page, made longer by what the cache holds of the page that it ends in; see `keepsHistory` of `createInfiniteQueryOptions`. */
export function growPage<Item extends Listed>(
  data: ListData<Item> | undefined,
  fresh: Page<Item>,
): Page<Item> {
  const lastId = fresh.data.at(-1)?.id;
  if (!fresh.has_more || lastId === undefined) return fresh;
  for (const page of data?.pages ?? []) {
    const index = page.data.findIndex((item) => item.id === lastId);
    if (index === -1) continue;
    const rest = page.data.slice(index + 1);
    return rest.length === 0
      ? fresh
      : { ...fresh, data: [...fresh.data, ...rest], has_more: page.has_more };
  }
  return fresh;
}

/** Pages whose items are the same stay as they are, and so does a list of which all do. */
function changeItems<Item>(
  data: ListData<Item>,
  change: (items: Item[]) => Item[],
): ListData<Item> {
  const pages = data.pages.map((page) => {
    const items = change(page.data);
    return isSame(items, page.data) ? page : { ...page, data: items };
  });
  return isSame(pages, data.pages) ? data : { ...data, pages };
}

function isSame<Value>(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** What is there twice has one time: where times only rise or only fall, only neighbours of one time can be the same. */
function unique<Item extends Listed>(pages: readonly Page<Item>[]): Item[] {
  const items = ([] as Item[]).concat(...pages.map(({ data }) => data));
  const twins: Item[] = [];
  let [rises, falls] = [false, false];
  let before: Item | undefined;
  for (const item of items) {
    const step = before ? item.created_at - before.created_at : 0;
    if (!(step <= 0)) rises = true;
    if (!(step >= 0)) falls = true;
    if (before && step === 0) {
      if (twins.at(-1) !== before) twins.push(before);
      twins.push(item);
    }
    before = item;
  }
  const suspects = rises && falls ? items : twins;
  return new Set(suspects.map(({ id }) => id)).size === suspects.length
    ? items
    : withoutCopies(items);
}

function withoutCopies<Item extends Listed>(items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => seen.size < seen.add(id).size);
}
