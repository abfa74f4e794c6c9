/**
 * Returns `after`, with every value that equals its counterpart in `before` replaced by the counterpart, so that unchanged values
 * keep their identity. For plain objects and arrays without cycles. Modifies `after`.
 */
export function replaceEqualDeep<Value>(before: unknown, after: Value): Value {
  if (before !== after && isObject(before) && isObject(after)) {
    const target: Record<string, unknown> = after;
    for (const [key, value] of Object.entries(target))
      target[key] = replaceEqualDeep(before[key], value);
  }
  return isEqualShallow(before, after) ? before : after;
}

function isEqualShallow<Value>(before: unknown, after: Value): before is Value {
  if (before === after || !isObject(before) || !isObject(after)) return before === after;
  const keys = Object.keys(after);
  return (
    keys.length === Object.keys(before).length && keys.every((key) => before[key] === after[key])
  );
}

/** Unlike `isRecord`, this includes arrays. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
