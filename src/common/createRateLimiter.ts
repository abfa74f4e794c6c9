/** Result of one request to a rate limiter. All times are in milliseconds. */
export interface RateLimitResult {
  isAllowed: boolean;
  /** Number of requests that the same caller may send right now. */
  remaining: number;
  /** Time until the full quota is available again. */
  resetMs: number;
  /** Time until the next request is allowed. 0 if this one is. */
  retryAfterMs: number;
}

const WINDOW_MS = 60_000;
/** Upper bound of the rounding errors that add up over the requests of a minute. */
const TOLERANCE_MS = 0.01;

/**
 * Limits the requests per minute of each caller (generic cell rate algorithm): a caller may use the full quota in one
 * burst, then gets single requests back at an even rate. Rejected requests do not count. Callers with a full quota take
 * no memory.
 *
 * @param now Returns the time in milliseconds. A clock that is set back delays a caller by a minute at most.
 */
export function createRateLimiter(
  requestsPerMinute: number,
  now: () => number,
): (caller: string) => RateLimitResult {
  const intervalMs = WINDOW_MS / requestsPerMinute;
  // Relative times keep their fractions: milliseconds since 1970 are precise to a few thousandths only, and the errors
  // of a burst of several hundred requests would add up to more than the tolerance.
  const startedAt = now();
  /** Time at which the quota of each caller is full again, ordered by the last request. */
  const fullAtByCaller = new Map<string, number>();

  const removeFull = (time: number) => {
    for (const [caller, fullAt] of fullAtByCaller) {
      // Entries after this one may be full already. They are removed within a minute, since no quota takes longer to
      // fill.
      if (fullAt > time) return;
      fullAtByCaller.delete(caller);
    }
  };

  return (caller) => {
    const time = now() - startedAt;
    removeFull(time);
    const known = fullAtByCaller.get(caller) ?? time;
    const before = Math.min(Math.max(known, time), time + WINDOW_MS);
    const excessMs = before + intervalMs - time - WINDOW_MS;
    const isAllowed = excessMs <= TOLERANCE_MS;
    const fullAt = isAllowed ? before + intervalMs : before;
    // Deleting first moves the caller to the end of the iteration order.
    fullAtByCaller.delete(caller);
    fullAtByCaller.set(caller, fullAt);
    const resetMs = fullAt - time;
    const remaining = Math.floor((WINDOW_MS - resetMs + TOLERANCE_MS) / intervalMs);
    return {
      isAllowed,
      remaining: Math.max(0, remaining),
      resetMs,
      retryAfterMs: isAllowed ? 0 : excessMs,
    };
  };
}
