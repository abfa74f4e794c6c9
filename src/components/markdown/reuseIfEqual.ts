/**
 * Returns `after` with every value that equals its counterpart in `before` replaced by that counterpart, so that unchanged parts
 * do not render again. For plain objects and lists without cycles. Modifies `after`.
 */
export function reuseIfEqual<Value>(before: unknown, after: Value): Value {
  if (before !== after && isRecord(before) && isRecord(after)) {
    const fresh: Record<string, unknown> = after;
    for (const [key, value] of Object.entries(fresh)) fresh[key] = reuseIfEqual(before[key], value);
  }
  return hasSameFields(before, after) ? before : after;
}

function hasSameFields<Value>(before: unknown, after: Value): before is Value {
  if (before === after || !isRecord(before) || !isRecord(after)) return before === after;
  const keys = Object.keys(after);
  return (
    keys.length === Object.keys(before).length && keys.every((key) => before[key] === after[key])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
