/** What JSON gives for an object. Whoever sent it vouches for nothing, so each field is looked at before it is used. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; none of anything else. */
export function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The items of a list; none of anything else. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; empty for anything else. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A count; 0 for anything else. */
export function toCount(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? Math.round(value) : 0;
}
