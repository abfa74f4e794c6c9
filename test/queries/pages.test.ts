import { expect, test } from 'vitest';
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

/** One page for each text; letters are ids, and stand for their time. */
function list(pages: string[], hasMore = false): ListData<Item> {
  return {
    pages: pages.map((ids, index) => ({
      object: 'list',
      data: ids.split('').map(item),
      first_id: ids[0] ?? null,
      last_id: ids.at(-1) ?? null,
      has_more: hasMore || index < pages.length - 1,
    })),
    pageParams: pages.map((_, index) => pages[index - 1]?.at(-1) ?? null),
  };
}

const item = (id: string): Item => ({ id, created_at: id.charCodeAt(0) });
const idsOf = (items: Item[]) => items.map(({ id }) => id).join('');
const pagesOf = (data: ListData<Item>) => data.pages.map((page) => idsOf(page.data));

test('sends no cursor for the first page, and no empty one', () => {
  expect(getPageQuery(undefined, null)).toBeUndefined();
  expect(getPageQuery({ after: '', limit: 5 }, null)).toEqual({ limit: 5 });
  expect(getPageQuery({ limit: 5 }, 'a')).toEqual({ limit: 5, after: 'a' });
});

test('pages towards the front where the list begins with before', () => {
  expect(getPageQuery({ before: 'x' }, 'm')).toEqual({ before: 'm' });
  const [page] = list(['nml'], true).pages;
  expect(page && getNextCursor({ before: 'k' }, page, [null])).toBe('n');
  expect(idsOf(getOldestFirstSelector({ before: 'k' })(list(['nml', 'qpo'])))).toBe('lmnopq');
});

test('ends where the server says so, at an empty page, and where a cursor comes round again', () => {
  const page = { object: 'list', data: [item('b'), item('a')], has_more: true };
  expect(getNextCursor(undefined, page, [null])).toBe('a');
  expect(getNextCursor(undefined, { ...page, has_more: false }, [null])).toBeUndefined();
  expect(getNextCursor(undefined, { ...page, data: [] }, [null])).toBeUndefined();
  expect(getNextCursor(undefined, page, [null, 'a'])).toBeUndefined();
});

test('reads pages flat, each item once', () => {
  expect(idsOf(flattenPages(list(['edc', 'cba'])))).toBe('edcba');
  expect(idsOf(getOldestFirstSelector(undefined)(list(['edc', 'cba'])))).toBe('abcde');
  expect(idsOf(getOldestFirstSelector({ order: 'asc' })(list(['abc', 'cde'])))).toBe('abcde');
});

test('reads each item once where many have one time, and where times are in no order', () => {
  const sameTime = (ids: string) => ids.split('').map((id) => ({ id, created_at: 1 }));
  const pages = (...parts: { id: string; created_at: number }[][]) => ({
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
  expect(idsOf(flattenPages(pages(sameTime(letters))))).toBe(letters);
  expect(idsOf(flattenPages(pages(sameTime(letters), sameTime('ayz'))))).toBe(letters);
  expect(idsOf(flattenPages(pages(sameTime('abc'), sameTime('cd'))))).toBe('abcd');
  expect(idsOf(flattenPages(pages(sameTime('ab'), [item('c')], sameTime('b'))))).toBe('abc');
  expect(idsOf(flattenPages(pages([item('f')], sameTime('abc'), sameTime('b'))))).toBe('fabc');
  expect(idsOf(flattenPages(list(['fde', 'fa'])))).toBe('fdea');
});

test('inserts by time', () => {
  expect(pagesOf(insertItem(list(['fd', 'b']), item('e')))).toEqual(['fed', 'b']);
  expect(pagesOf(insertItem(list(['fd', 'b']), item('g')))).toEqual(['gfd', 'b']);
  expect(pagesOf(insertItem(list(['fd', 'b']), item('a')))).toEqual(['fd', 'ba']);
  expect(pagesOf(insertItem(list(['bd', 'f']), item('e'), 'asc'))).toEqual(['bd', 'ef']);
  expect(pagesOf(insertItem(list(['bd', 'f']), item('g'), 'asc'))).toEqual(['bd', 'fg']);
});

test('puts a new item behind what is as old', () => {
  const twin = { id: 'D', created_at: item('d').created_at };
  expect(pagesOf(insertItem(list(['dc']), twin))).toEqual(['Ddc']);
  expect(pagesOf(insertItem(list(['cd']), twin, 'asc'))).toEqual(['cdD']);
});

test('does not insert where the place is not loaded', () => {
  const data = list(['fd'], true);
  expect(insertItem(data, item('a'))).toBe(data);
  const ascending = list(['bd'], true);
  expect(insertItem(ascending, item('e'), 'asc')).toBe(ascending);
});

test('changes and removes one item, and leaves other pages as they are', () => {
  const data = list(['fe', 'dc']);
  const patched = updateItem(data, 'd', (found) => ({ ...found, created_at: 0 }));
  expect(patched.pages[0]).toBe(data.pages[0]);
  expect(patched.pages[1]?.data[0]?.created_at).toBe(0);
  expect(updateItem(data, 'z', () => item('y'))).toBe(data);
  expect(pagesOf(removeItem(data, 'd'))).toEqual(['fe', 'c']);
});
