import type { ListData, Listed } from './pages.js';

/** The newer of two snapshots of one object, `incoming` having arrived last. */
export type Merge<Item> = (current: Item, incoming: Item) => Item;

type Share = (before: unknown, after: unknown) => unknown;

/** For objects of which the last to arrive is the truth. */
export function preferIncoming<Item>(_current: Item, incoming: Item): Item {
  return incoming;
}

/**
 * TanStack's `structuralSharing` for one object: whatever writes to the cache goes through `merge`, and what is equal keeps
 * its identity.
 */
export function shareDetail<Item extends Listed>(merge: Merge<Item>): Share {
  return (before, after) => {
    if (isListed<Item>(before) && isListed<Item>(after) && before.id === after.id) {
      return reuseIfEqual(before, merge(before, after));
    }
    return reuseIfEqual(before, after);
  };
}

/**
 * The same for lists, by id. TanStack's own goes by position, so that one new row in front gives every row behind it a new
 * identity, and has it painted again.
 */
export function shareList<Item extends Listed>(
  merge: Merge<Item>,
  complete: (before: ListData<Item>, after: ListData<Item>) => ListData<Item> = (_before, after) =>
    after,
): Share {
  return (before, after) =>
    isListData<Item>(before) && isListData<Item>(after)
      ? sharePages(before, complete(before, after), merge)
      : reuseIfEqual(before, after);
}

/** `before` if both are the same JSON, else `after`. */
export function reuseIfEqual(before: unknown, after: unknown): unknown {
  return isEqual(before, after) ? before : after;
}

function sharePages<Item extends Listed>(
  before: ListData<Item>,
  after: ListData<Item>,
  merge: Merge<Item>,
): unknown {
  const known = new Set(before.pages);
  let index: Map<string, Item> | undefined;
  const items = () =>
    (index ??= new Map(before.pages.flatMap((page) => page.data.map((item) => [item.id, item]))));
  const pages = after.pages.map((page, at) => {
    if (known.has(page)) return page;
    const data = page.data.map((item) => {
      const current = items().get(item.id);
      return current === undefined ? item : reuseIfEqual(current, merge(current, item));
    });
    return reuseIfEqual(before.pages[at], { ...page, data });
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

/** Blobs and other objects with a life of their own are equal only to themselves. */
function isJson(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
