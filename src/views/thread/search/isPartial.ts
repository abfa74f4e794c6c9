import type { MessageListAccess } from '../ThreadNavigation.js';

/** Returns true if rows of the list are not in the page, where the browser would not find them. */
export function isPartial(list: MessageListAccess | undefined): boolean {
  return list !== undefined && list.indexes.length < list.rows.length;
}
