/** Deepest nesting of JSON that is read. Code that walks through values calls itself for each level. */
const MAX_DEPTH = 400;

/** Returns true if a JSON value is nested so deeply that walking through it could fail. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    level = level.flatMap((item): unknown[] =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
