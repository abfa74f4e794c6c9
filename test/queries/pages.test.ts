import { describe, expect, it } from 'vitest';
import {
  insertItem,
  flattenPages,
  getNextCursor,
  getOldestFirstSelector,
  updateItem,
  getPageQuery,
  removeItem,
  type ListData,
} from '../../src/queries/cache/pages.js';

interface Item {
  id: string;
  created_at: number;
}

/** Creates a list with a page for each text. Its letters are the ids, and their codes the times. */
function createList(pages: string[], hasMore = false): ListData<Item> {
  return {
    pages: pages.map((ids, index) => ({
      object: 'list',
      data: ids.split('').map(createItem),
      first_id: ids[0] ?? null,
      last_id: ids.at(-1) ?? null,
      has_more: hasMore || index < pages.length - 1,
    })),
    pageParams: pages.map((_, index) => pages[index - 1]?.at(-1) ?? null),
  };
}

const createItem = (id: string): Item => ({ id, created_at: id.charCodeAt(0) });
const joinIds = (items: Item[]) => items.map(({ id }) => id).join('');
const joinPageIds = (data: ListData<Item>) => data.pages.map((page) => joinIds(page.data));

describe('pages', () => {
  it('has no cursor for the first page, and no empty cursor', () => {
    expect(getPageQuery(undefined, null)).toBeUndefined();
    expect(getPageQuery({ after: '', limit: 5 }, null)).toEqual({ limit: 5 });
    expect(getPageQuery({ limit: 5 }, 'a')).toEqual({ limit: 5, after: 'a' });
  });

  it('pages towards the front for a query with before', () => {
    expect(getPageQuery({ before: 'x' }, 'm')).toEqual({ before: 'm' });
    const [page] = createList(['nml'], true).pages;
    expect(page && getNextCursor({ before: 'k' }, page, [null])).toBe('n');
    expect(joinIds(getOldestFirstSelector({ before: 'k' })(createList(['nml', 'qpo'])))).toBe(
      'lmnopq',
    );
  });

  it('ends without has_more, at an empty page and at a repeated cursor', () => {
    const page = { object: 'list', data: [createItem('b'), createItem('a')], has_more: true };
    expect(getNextCursor(undefined, page, [null])).toBe('a');
    expect(getNextCursor(undefined, { ...page, has_more: false }, [null])).toBeUndefined();
    expect(getNextCursor(undefined, { ...page, data: [] }, [null])).toBeUndefined();
    expect(getNextCursor(undefined, page, [null, 'a'])).toBeUndefined();
  });

  it('flattens pages without duplicates', () => {
    expect(joinIds(flattenPages(createList(['edc', 'cba'])))).toBe('edcba');
    expect(joinIds(getOldestFirstSelector(undefined)(createList(['edc', 'cba'])))).toBe('abcde');
    expect(joinIds(getOldestFirstSelector({ order: 'asc' })(createList(['abc', 'cde'])))).toBe(
      'abcde',
    );
  });

  it('removes duplicates among items with the same time and in unsorted lists', () => {
    const createSameTime = (ids: string) => ids.split('').map((id) => ({ id, created_at: 1 }));
    const createData = (...parts: { id: string; created_at: number }[][]) => ({
      pages: parts.map((data) => ({
        object: 'list' as const,
        data,
        first_id: null,
        last_id: null,
        has_more: false,
      })),
      pageParams: parts.map(() => null),
    });
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    expect(joinIds(flattenPages(createData(createSameTime(letters))))).toBe(letters);
    expect(joinIds(flattenPages(createData(createSameTime(letters), createSameTime('ayz'))))).toBe(
      letters,
    );
    expect(joinIds(flattenPages(createData(createSameTime('abc'), createSameTime('cd'))))).toBe(
      'abcd',
    );
    expect(
      joinIds(
        flattenPages(createData(createSameTime('ab'), [createItem('c')], createSameTime('b'))),
      ),
    ).toBe('abc');
    expect(
      joinIds(
        flattenPages(createData([createItem('f')], createSameTime('abc'), createSameTime('b'))),
      ),
    ).toBe('fabc');
    expect(joinIds(flattenPages(createList(['fde', 'fa'])))).toBe('fdea');
  });

  it('inserts an item by its time', () => {
    expect(joinPageIds(insertItem(createList(['fd', 'b']), createItem('e')))).toEqual(['fed', 'b']);
    expect(joinPageIds(insertItem(createList(['fd', 'b']), createItem('g')))).toEqual(['gfd', 'b']);
    expect(joinPageIds(insertItem(createList(['fd', 'b']), createItem('a')))).toEqual(['fd', 'ba']);
    expect(joinPageIds(insertItem(createList(['bd', 'f']), createItem('e'), 'asc'))).toEqual([
      'bd',
      'ef',
    ]);
    expect(joinPageIds(insertItem(createList(['bd', 'f']), createItem('g'), 'asc'))).toEqual([
      'bd',
      'fg',
    ]);
  });

  it('inserts an item on the newer side of items with the same time', () => {
    const sameTime = { id: 'D', created_at: createItem('d').created_at };
    expect(joinPageIds(insertItem(createList(['dc']), sameTime))).toEqual(['Ddc']);
    expect(joinPageIds(insertItem(createList(['cd']), sameTime, 'asc'))).toEqual(['cdD']);
  });

  it('does not insert an item whose place is not loaded', () => {
    const data = createList(['fd'], true);
    expect(insertItem(data, createItem('a'))).toBe(data);
    const ascending = createList(['bd'], true);
    expect(insertItem(ascending, createItem('e'), 'asc')).toBe(ascending);
  });

  it('updates and removes one item, and keeps the other pages', () => {
    const data = createList(['fe', 'dc']);
    const updated = updateItem(data, 'd', (found) => ({ ...found, created_at: 0 }));
    expect(updated.pages[0]).toBe(data.pages[0]);
    expect(updated.pages[1]?.data[0]?.created_at).toBe(0);
    expect(updateItem(data, 'z', () => createItem('y'))).toBe(data);
    expect(joinPageIds(removeItem(data, 'd'))).toEqual(['fe', 'c']);
  });
});
