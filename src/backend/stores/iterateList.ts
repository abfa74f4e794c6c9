import type { Collection, Collections, ListQuery, Store } from './Store.js';

const PAGE_SIZE = 100;

/** Yields the objects of a list in its order. Reads a page when the previous one is used up. */
export async function* iterateList<C extends Collection>(
  store: Store,
  collection: C,
  query: Omit<ListQuery, 'limit' | 'after' | 'before'>,
): AsyncGenerator<Collections[C], void, void> {
  let after: string | undefined;
  while (true) {
    const page = await store.list(collection, {
      ...query,
      limit: PAGE_SIZE,
      ...(after === undefined ? {} : { after }),
    });
    if (page === null) return;
    yield* page.data;
    after = page.data.at(-1)?.id;
    if (!page.hasMore) return;
  }
}
