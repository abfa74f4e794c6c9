import type { ListData, Listed } from './pages.js';

/** The newer of two snapshots of one object, `incoming` having arrived last. */
export type Merge<Item> = (current: Item, incoming: Item) => Item;

type Share = (before: unknown, after: unknown) => unknown;

/** For objects of which the last to arrive is the truth. */
export function takeIncoming<Item>(_current: Item, incoming: Item): Item {
  return incoming;
}

/**
 * TanStack's `structuralSharing` for one object: whatever writes to the cache goes through `merge`, and what is equal keeps
 * its identity.
 */
export function shareDetail<Item extends Listed>(merge: Merge<Item>): Share {
  return (before, after) => {
    if (isListed<Item>(before) && isListed<Item>(after) && before.id === after.id) {
      return keepEqual(before, merge(before, after));
    }
    return keepEqual(before, after);
  };
}

/**
 * The same for lists, by id. TanStack's own goes by position, so that one new row in front gives every row behind it a new
 * identity, and has it painted again.
 */
export function shareList<Item extends Listed>(
  merge: Merge<Item>,
  complete: (before: ListData<Item>, after: ListData<Item>) => ListData<Item> = (_before, after) => after,
): Share {
  return (before, after) => {
    if (isListData<Item>(before) && isListData<Item>(after)) return sharePages(before, complete(before, after), merge);
    if (isArray(before) && isArray(after)) return sharedArray(before, after);
    return keepEqual(before, after);
  };
}

/** `before` if both are the same JSON, else `after`. */
export function keepEqual(before: unknown, after: unknown): unknown {
  return isEqual(before, after) ? before : after;
}

function sharePages<Item extends Listed>(
  before: ListData<Item>,
  after: ListData<Item>,
  merge: Merge<Item>,
): ListData<Item> {
  if (before === after) return before;
  const known = new Set(before.pages);
  let index: Map<string, Item> | undefined;
  const items = () => (index ??= new Map(before.pages.flatMap((page) => page.data.map((item) => [item.id, item]))));
  const pages = after.pages.map((page, at) => {
    if (known.has(page)) return page;
    const data = page.data.map((item) => {
      const current = items().get(item.id);
      if (current === undefined || current === item) return item;
      const merged = merge(current, item);
      return isEqual(current, merged) ? current : merged;
    });
    const old = before.pages[at];
    if (old && sharedArray(old.data, data) === old.data && isEqual({ ...old, data: null }, { ...page, data: null })) {
      return old;
    }
    return { ...page, data };
  });
  const isSame = sharedArray(before.pages, pages) === before.pages && isEqual(before.pageParams, after.pageParams);
  return isSame ? before : { ...after, pages };
}

function sharedArray<Value>(before: readonly Value[], after: readonly Value[]): readonly Value[] {
  const isSame = before.length === after.length && before.every((value, index) => value === after[index]);
  return isSame ? before : after;
}

function isListed<Item extends Listed>(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && 'id' in value && 'created_at' in value;
}

function isListData<Item extends Listed>(value: unknown): value is ListData<Item> {
  return typeof value === 'object' && value !== null && 'pages' in value && 'pageParams' in value;
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (isArray(left) || isArray(right)) {
    if (!isArray(left) || !isArray(right) || left.length !== right.length) return false;
    return left.every((value, index) => isEqual(value, right[index]));
  }
  // Blobs and other objects with a life of their own are equal only to themselves.
  if (!isPlain(left) || !isPlain(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
  );
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
