import type { ListData, Listed } from './pages.js';

/** Returns the newer of two snapshots of an object. `incoming` arrived last. */
export type Merge<Item> = (current: Item, incoming: Item) => Item;

type StructuralSharing = (before: unknown, after: unknown) => unknown;

/** Merge rule for objects whose last arrival is always the newest. */
export function preferIncoming<Item>(_current: Item, incoming: Item): Item {
  return incoming;
}

/**
 * Creates TanStack Query's `structuralSharing` for one object: every write to the cache is merged, and equal objects
 * keep their identity.
 */
export function createDetailSharing<Item extends Listed>(merge: Merge<Item>): StructuralSharing {
  return (before, after) => {
    if (isListed<Item>(before) && isListed<Item>(after) && before.id === after.id) {
      return reuseIfEqual(before, merge(before, after));
    }
    return reuseIfEqual(before, after);
  };
}

/**
 * Creates `structuralSharing` for a list. Items are compared by id. TanStack Query's own comparison goes by position,
 * so one new item at the front would give every following item a new identity and render it again.
 *
 * @param complete Completes the new list before it is compared.
 */
export function createListSharing<Item extends Listed>(
  merge: Merge<Item>,
  complete: (before: ListData<Item>, after: ListData<Item>) => ListData<Item> = (_before, after) =>
    after,
): StructuralSharing {
  return (before, after) =>
    isListData<Item>(before) && isListData<Item>(after)
      ? sharePages(before, complete(before, after), merge)
      : reuseIfEqual(before, after);
}

/** Returns `before` if both values are the same JSON, otherwise `after`. */
export function reuseIfEqual(before: unknown, after: unknown): unknown {
  return isEqual(before, after) ? before : after;
}

function sharePages<Item extends Listed>(
  before: ListData<Item>,
  after: ListData<Item>,
  merge: Merge<Item>,
): unknown {
  const knownPages = new Set(before.pages);
  const hasNewPages = after.pages.some((page) => !knownPages.has(page));
  const currentItems = new Map<string, Item>();
  if (hasNewPages)
    for (const { data } of before.pages) for (const item of data) currentItems.set(item.id, item);
  const pages = after.pages.map((page, index) => {
    if (knownPages.has(page)) return page;
    const data = page.data.map((item) => {
      const current = currentItems.get(item.id);
      return current === undefined ? item : reuseIfEqual(current, merge(current, item));
    });
    return reuseIfEqual(before.pages[index], { ...page, data });
  });
  return reuseIfEqual(before, { ...after, pages });
}

function isListed<Item extends Listed>(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && 'id' in value && 'created_at' in value;
}

function isListData<Item extends Listed>(value: unknown): value is ListData<Item> {
  return typeof value === 'object' && value !== null && 'pages' in value && 'pageParams' in value;
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (!isJson(left) || !isJson(right) || Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
  );
}

/** Returns true for plain objects and lists. Blobs and instances of classes are equal only to themselves. */
function isJson(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
