import { expect, test } from 'vitest';
import type { ListData } from '../../src/queries/cache/pages.js';
import {
  createDetailSharing,
  createListSharing,
  preferIncoming,
} from '../../src/queries/cache/structuralSharing.js';

interface Item {
  id: string;
  created_at: number;
  tags: string[];
}

const item = (id: string): Item => ({ id, created_at: 1, tags: [id] });
const list = (...pages: Item[][]): ListData<Item> => ({
  pages: pages.map((data) => ({ object: 'list', data, has_more: false })),
  pageParams: pages.map(() => null),
});

test('keeps an equal object as it is', () => {
  const before = item('a');
  expect(createDetailSharing(preferIncoming)(before, item('a'))).toBe(before);
  expect(createDetailSharing(preferIncoming)(before, item('b'))).toEqual(item('b'));
});

test('keeps the identity of every row when one comes in front', () => {
  const before = list([item('b'), item('a')]);
  const after = createListSharing<Item>(preferIncoming)(
    before,
    list([item('c'), item('b'), item('a')]),
  );
  expect(after).toEqual(list([item('c'), item('b'), item('a')]));
  expect((after as ListData<Item>).pages[0]?.data[1]).toBe(before.pages[0]?.data[0]);
  expect((after as ListData<Item>).pages[0]?.data[2]).toBe(before.pages[0]?.data[1]);
});

test('keeps a list that came again unchanged', () => {
  const before = list([item('b')], [item('a')]);
  expect(createListSharing<Item>(preferIncoming)(before, list([item('b')], [item('a')]))).toBe(
    before,
  );
});

test('asks the merge about every row that arrives', () => {
  const before = list([{ ...item('a'), tags: ['new'] }]);
  const after = createListSharing<Item>((current) => current)(
    before,
    list([{ ...item('a'), tags: ['old'] }]),
  );
  expect(after).toBe(before);
});

test('keeps a selected array of the same rows', () => {
  const rows = [item('a'), item('b')];
  expect(createListSharing(preferIncoming)(rows, [...rows])).toBe(rows);
  const more = [...rows, item('c')];
  expect(createListSharing(preferIncoming)(rows, more)).toBe(more);
});
