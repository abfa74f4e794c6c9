/** Seconds since 1970 have fewer digits until the year 5138. Milliseconds have had more since 1973. */
export const MAX_SECONDS = 1e11;

/**
 * Returns a time in whole seconds since 1970. Reads seconds, milliseconds, microseconds and nanoseconds, which differ in
 * their magnitude, numbers in strings, and dates. A date without a time zone is in UTC, as Python servers write it. Undefined
 * for other values.
 */
export function parseTime(value: unknown): number | undefined {
  if (typeof value === 'string') return parseText(value.trim());
  if (typeof value !== 'number' || !(value >= 0)) return undefined;
  let seconds = value;
  for (let step = 0; step < 3 && seconds >= MAX_SECONDS; step += 1) seconds /= 1_000;
  return seconds < MAX_SECONDS ? Math.floor(seconds) : undefined;
}

function parseText(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return parseTime(Number(text));
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes(':');
  const timeMs = Date.parse(hasZone ? text : `${text}Z`);
  return timeMs >= 0 ? Math.floor(timeMs / 1_000) : undefined;
}
