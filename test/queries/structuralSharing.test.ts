import { describe, expect, it } from 'vitest';
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

const createItem = (id: string): Item => ({ id, created_at: 1, tags: [id] });
const createList = (...pages: Item[][]): ListData<Item> => ({
  pages: pages.map((data) => ({ object: 'list', data, has_more: false })),
  pageParams: pages.map(() => null),
});

describe('structural sharing', () => {
  it('keeps the identity of an equal object', () => {
    const before = createItem('a');
    expect(createDetailSharing(preferIncoming)(before, createItem('a'))).toBe(before);
    expect(createDetailSharing(preferIncoming)(before, createItem('b'))).toEqual(createItem('b'));
  });

  it('keeps the identity of items when one is added at the front', () => {
    const before = createList([createItem('b'), createItem('a')]);
    const after = createListSharing<Item>(preferIncoming)(
      before,
      createList([createItem('c'), createItem('b'), createItem('a')]),
    );
    expect(after).toEqual(createList([createItem('c'), createItem('b'), createItem('a')]));
    expect((after as ListData<Item>).pages[0]?.data[1]).toBe(before.pages[0]?.data[0]);
    expect((after as ListData<Item>).pages[0]?.data[2]).toBe(before.pages[0]?.data[1]);
  });

  it('keeps the identity of an unchanged list', () => {
    const before = createList([createItem('b')], [createItem('a')]);
    expect(
      createListSharing<Item>(preferIncoming)(
        before,
        createList([createItem('b')], [createItem('a')]),
      ),
    ).toBe(before);
  });

  it('merges every item that arrives', () => {
    const before = createList([{ ...createItem('a'), tags: ['new'] }]);
    const after = createListSharing<Item>((current) => current)(
      before,
      createList([{ ...createItem('a'), tags: ['old'] }]),
    );
    expect(after).toBe(before);
  });

  it('keeps the identity of a selected array with the same items', () => {
    const rows = [createItem('a'), createItem('b')];
    expect(createListSharing(preferIncoming)(rows, [...rows])).toBe(rows);
    const more = [...rows, createItem('c')];
    expect(createListSharing(preferIncoming)(rows, more)).toBe(more);
  });
});
