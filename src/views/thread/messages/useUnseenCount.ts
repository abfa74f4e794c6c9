'use client';
import { useState } from 'react';

/**
 * Counts the rows that arrived since the user scrolled away from the end.
 *
 * @param rows Oldest first.
 * @param isFollowing The end of the list is visible.
 */
export function useUnseenCount(
  rows: readonly { readonly key: string }[],
  isFollowing: boolean,
): number {
  const newestKey = rows.at(-1)?.key;
  const [seenKey, setSeenKey] = useState(newestKey);
  if (isFollowing && seenKey !== newestKey) setSeenKey(newestKey);
  if (isFollowing) return 0;
  const seenIndex = rows.findLastIndex(({ key }) => key === seenKey);
  return seenIndex === -1 ? 0 : rows.length - 1 - seenIndex;
}
