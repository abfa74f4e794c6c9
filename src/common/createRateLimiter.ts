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

/** Counts a request of a caller. */
export interface RateLimiter {
  (caller: string): RateLimitResult;
  /** Says that the quota of a caller is full again in `resetMs` milliseconds or later, because it has used it elsewhere. */
  raise(caller: string, resetMs: number): void;
}

const WINDOW_MS = 60_000;
/** Upper bound of the rounding errors that add up over the requests of a minute. */
const TOLERANCE_MS = 0.01;

/**
 * Limits the requests per minute of each caller (generic cell rate algorithm): a caller may use the full quota in one
 * burst, then gets single requests back at an even rate. Rejected requests do not count. Callers with a full quota take
 * no memory.
 *
 * @param requestsPerMinute Greater than 0. Below 1, one request is allowed per interval.
 * @param now Returns the time in milliseconds. A clock that is set back neither delays a caller nor keeps memory: the time
 *   stands still until the next request, then continues from there.
 * @throws RangeError if the limit is not a number greater than 0
 */
export function createRateLimiter(requestsPerMinute: number, now: () => number): RateLimiter {
  if (!(requestsPerMinute > 0)) {
    throw new RangeError(
      `The limit of ${requestsPerMinute} requests per minute is invalid. It must be greater than 0.`,
    );
  }
  const intervalMs = WINDOW_MS / requestsPerMinute;
  // Less than one request per minute needs a longer window, or no request would ever be allowed.
  const windowMs = Math.max(WINDOW_MS, intervalMs);
  // Relative times keep their fractions: milliseconds since 1970 are precise to a few thousandths only, and the errors
  // of a burst of several hundred requests would add up to more than the tolerance.
  let readAt = now();
  let elapsedMs = 0;
  /** Time at which the quota of each caller is full again, ordered by the last request. */
  const fullAtByCaller = new Map<string, number>();

  const getTime = () => {
    const time = now();
    elapsedMs += Math.max(time - readAt, 0);
    readAt = time;
    return elapsedMs;
  };

  const removeFull = (time: number) => {
    for (const [caller, fullAt] of fullAtByCaller) {
      // Entries after this one may be full already. They are removed within a window, since no quota takes longer to
      // fill.
      if (fullAt > time) return;
      fullAtByCaller.delete(caller);
    }
  };

  const setFull = (caller: string, fullAt: number) => {
    // Deleting first moves the caller to the end of the iteration order.
    fullAtByCaller.delete(caller);
    fullAtByCaller.set(caller, fullAt);
  };

  const take = (caller: string): RateLimitResult => {
    const time = getTime();
    removeFull(time);
    const known = fullAtByCaller.get(caller) ?? time;
    const before = Math.min(Math.max(known, time), time + windowMs);
    const excessMs = before + intervalMs - time - windowMs;
    const isAllowed = excessMs <= TOLERANCE_MS;
    const fullAt = isAllowed ? before + intervalMs : before;
    setFull(caller, fullAt);
    const resetMs = fullAt - time;
    const remaining = Math.floor((windowMs - resetMs + TOLERANCE_MS) / intervalMs);
    return {
      isAllowed,
      remaining: Math.max(0, remaining),
      resetMs,
      retryAfterMs: isAllowed ? 0 : excessMs,
    };
  };

  const raise = (caller: string, resetMs: number): void => {
    const time = getTime();
    const fullAt = time + Math.min(resetMs, windowMs);
    if (fullAt > (fullAtByCaller.get(caller) ?? time)) setFull(caller, fullAt);
  };

  return Object.assign(take, { raise });
}
