const MAX_DEPTH = 32;

/**
 * The newer of two snapshots of one object that grows while it is in progress, whatever order they arrived in: one that has
 * ended never grows again, one that grows never gets shorter. Of two that have ended the last to arrive is right, since
 * metadata may be modified for ever.
 *
 * @param partOf What grows of it.
 */
export function mergeGrowing<T extends { status: string }>(
  current: T,
  incoming: T,
  partOf: (object: T) => unknown,
): T {
  if (incoming.status !== 'in_progress') return incoming;
  if (current.status !== 'in_progress') return current;
  return growthOf(partOf(incoming)) < growthOf(partOf(current)) ? current : incoming;
}

/**
 * How far something has got: its texts in UTF-16 units, and one for every entry of a list. Of two snapshots of one growing
 * object the later has the greater number, whatever kind of content grew. Takes any shape.
 */
function growthOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return 0;
  let growth = Array.isArray(value) ? value.length : 0;
  for (const entry of Object.values(value)) growth += growthOf(entry, depth + 1);
  return growth;
}
