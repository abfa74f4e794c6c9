import { readNumberHeader } from './readNumberHeader.js';

/**
 * Returns the delay in milliseconds that a server asks for: from `retry-after-ms`, or from `Retry-After`, which holds seconds
 * or a date. Undefined if both are missing or malformed, or if the date is in the past.
 *
 * @param nowMs Time in milliseconds since 1970, for dates.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const exactMs = readNumberHeader(headers, 'retry-after-ms');
  if (exactMs !== undefined) return exactMs;
  const seconds = readNumberHeader(headers, 'retry-after');
  if (seconds !== undefined) return seconds * 1_000;
  // `Date.parse` finds a date in almost any text. Dates in HTTP headers end with their zone.
  const date = headers.get('retry-after')?.trim() ?? '';
  const delayMs = date.endsWith('GMT') ? Date.parse(date) - nowMs : NaN;
  return delayMs >= 0 ? delayMs : undefined;
}
