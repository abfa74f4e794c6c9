/** Maximum number of values in a schema, such as keywords and options. */
const MAX_VALUES = 500_000;
const MAX_DEPTH = 400;

/**
 * Counts the values of a schema, before functions that call themselves visit each of them.
 *
 * @throws Error if there are too many, or if they are nested too deeply
 */
export function assertMeasurable(schema: unknown): void {
  let count = 0;
  const visit = (value: unknown, depth: number): void => {
    count += 1;
    if (count > MAX_VALUES) throw new Error('The schema is too large to be checked.');
    if (depth > MAX_DEPTH) throw new Error('The schema is nested too deeply to be checked.');
    if (typeof value !== 'object' || value === null) return;
    for (const member of Object.values(value)) visit(member, depth + 1);
  };
  visit(schema, 0);
}
