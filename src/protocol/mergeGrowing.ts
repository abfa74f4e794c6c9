const MAX_DEPTH = 32;

/**
 * Returns the newer of two snapshots of an object that grows while it is in progress, in any order of arrival. An
 * object that has ended does not grow again, and one in progress does not get shorter. Of two that have ended, the
 * incoming one wins, because metadata may be modified at any time.
 *
 * @param getContent Returns the part that grows.
 */
export function mergeGrowing<T extends { status: string }>(
  current: T,
  incoming: T,
  getContent: (object: T) => unknown,
): T {
  if (incoming.status !== 'in_progress') return incoming;
  if (current.status !== 'in_progress') return current;
  return measure(getContent(incoming)) < measure(getContent(current)) ? current : incoming;
}

/**
 * Returns the size of a value of any shape: the UTF-16 units of its strings plus one for every list entry. Of two
 * snapshots of a growing object, the later one is larger.
 */
function measure(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return 0;
  let size = Array.isArray(value) ? value.length : 0;
  for (const entry of Object.values(value)) size += measure(entry, depth + 1);
  return size;
}
