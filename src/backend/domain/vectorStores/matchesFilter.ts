import type { AttributeFilter, FileAttributes } from '../../../protocol/types.js';
import { badRequest } from '../errors.js';

type Comparison = Extract<AttributeFilter, { key: string }>;
type Value = FileAttributes[string];

/** Limit for the comparisons of a filter, each of which is made for every file. */
const MAX_COMPARISONS = 200;

/** Returns true if the attributes of a file satisfy a filter. */
export function matchesFilter(
  attributes: FileAttributes | null | undefined,
  filter: AttributeFilter,
): boolean {
  if ('key' in filter) return matchesComparison(getOwn(attributes ?? {}, filter.key), filter);
  return filter.type === 'and'
    ? filter.filters.every((part) => matchesFilter(attributes, part))
    : filter.filters.some((part) => matchesFilter(attributes, part));
}

/** @throws HttpError 400 if a filter compares with a value of the wrong type, or has too many comparisons. */
export function assertFilter(filter: AttributeFilter): void {
  const comparisons = listComparisons(filter);
  if (comparisons.length > MAX_COMPARISONS) {
    throw badRequest(
      `The filter has ${comparisons.length} comparisons. The maximum is ${MAX_COMPARISONS}.`,
      { param: 'filters', code: 'invalid_value' },
    );
  }
  for (const { type, value } of comparisons) {
    const isListType = type === 'in' || type === 'nin';
    if (isListType === Array.isArray(value)) continue;
    const expected = isListType ? 'a list of values' : 'a single value';
    throw badRequest(`A comparison of type '${type}' needs ${expected}.`, {
      param: 'filters',
      code: 'invalid_type',
    });
  }
}

function listComparisons(filter: AttributeFilter): Comparison[] {
  return 'key' in filter ? [filter] : filter.filters.flatMap(listComparisons);
}

function matchesComparison(actual: Value | undefined, { type, value }: Comparison): boolean {
  switch (type) {
    case 'eq':
      return actual === value;
    case 'ne':
      return actual !== value;
    case 'in':
      return Array.isArray(value) && value.some((one) => one === actual);
    case 'nin':
      return !Array.isArray(value) || value.every((one) => one !== actual);
    case 'gt':
      return compare(actual, value, (order) => order > 0);
    case 'gte':
      return compare(actual, value, (order) => order >= 0);
    case 'lt':
      return compare(actual, value, (order) => order < 0);
    case 'lte':
      return compare(actual, value, (order) => order <= 0);
  }
}

/** Compares numbers with numbers and texts with texts. Other values have no order. */
function compare(actual: unknown, expected: unknown, accepts: (order: number) => boolean): boolean {
  if (typeof actual === 'number' && typeof expected === 'number') return accepts(actual - expected);
  if (typeof actual !== 'string' || typeof expected !== 'string') return false;
  if (actual === expected) return accepts(0);
  return accepts(actual < expected ? -1 : 1);
}

function getOwn(attributes: FileAttributes, key: string): Value | undefined {
  return Object.hasOwn(attributes, key) ? attributes[key] : undefined;
}
