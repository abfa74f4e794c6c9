/**
 * Returns the delay in milliseconds that a server asks for: from `retry-after-ms`, or from `Retry-After`, which holds seconds
 * or a date. Undefined if both are missing or malformed, or if the date is in the past.
 *
 * @param nowMs Time in milliseconds since 1970, for dates.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const exactMs = parseNumber(headers.get('retry-after-ms'));
  if (exactMs !== undefined) return exactMs;
  const header = headers.get('retry-after');
  const seconds = parseNumber(header);
  if (seconds !== undefined) return seconds * 1_000;
  const dateMs = parseHttpDate(header);
  return dateMs === undefined || dateMs < nowMs ? undefined : dateMs - nowMs;
}

/** Accepts plain decimals only: `Number` would also accept '', '1e3' and '0x10'. */
function parseNumber(text: string | null): number | undefined {
  const trimmed = text?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** `Date.parse` finds a date in almost any text. Dates in HTTP headers end with their zone. */
function parseHttpDate(text: string | null): number | undefined {
  const trimmed = text?.trim() ?? '';
  const timeMs = trimmed.endsWith('GMT') ? Date.parse(trimmed) : NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
