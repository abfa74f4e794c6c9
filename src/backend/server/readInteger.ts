import { UsageError } from './UsageError.js';

/**
 * Reads an option that is an integer. Returns undefined if it is not set.
 *
 * @throws UsageError unless it is an integer within the range
 */
export function readInteger<Name extends string>(
  values: { readonly [Key in Name]?: string | undefined },
  name: Name,
  { min, max }: { min: number; max: number },
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be an integer from ${min} to ${max}.`);
}
