const MAX_DEPTH = 32;

/**
 * How far something that grows has got: its texts in UTF-16 units, and one for every entry of a list. Of two snapshots of one
 * growing object the later has the greater number, whatever kind of content grew. Takes any shape.
 */
export function growthOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return 0;
  let growth = Array.isArray(value) ? value.length : 0;
  for (const entry of Object.values(value)) growth += growthOf(entry, depth + 1);
  return growth;
}
