/** Returns false if the last id of a page is not that of its last item. Such servers do not tell if there are more items. */
export function hasOwnCursor({ data, last_id: lastId }: Record<string, unknown>): boolean {
  // The caller has checked that the items are objects. An empty page may have any last id.
  const lastItem = (data as { id?: unknown }[]).at(-1);
  return !lastItem || !lastId || lastItem.id === lastId;
}
