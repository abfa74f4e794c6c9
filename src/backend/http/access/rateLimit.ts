import { HttpError } from '../../domain/errors.js';

/** Lets a request through and answers the headers that tell its caller where he stands. @throws HttpError 429 */
export type RateLimit = (caller: string) => Record<string, string>;

/**
 * So many requests a minute for each caller. They come back one by one, not all at the full minute: a caller that was
 * refused is let in again after the time of one request.
 *
 * @param now Milliseconds since 1970.
 */
export function createRateLimitHeaders(requestsPerMinute: number, now: () => number): RateLimit {
  const msPerRequest = 60_000 / requestsPerMinute;
  /** When each caller has all his requests back. Callers whose time has passed are as good as new. */
  const fullAt = new Map<string, number>();
  return (caller) => {
    const time = now();
    for (const [known, full] of fullAt) {
      if (full > time) break;
      fullAt.delete(known);
    }
    // A clock that was set back must not shut anybody out for longer than a minute.
    const before = Math.min(Math.max(fullAt.get(caller) ?? time, time), time + 60_000);
    const after = before + msPerRequest;
    const isOver = after - time > 60_000 + 1e-6;
    // Put behind the others, so that those who have been away longest stand first.
    fullAt.delete(caller);
    fullAt.set(caller, isOver ? before : after);
    const taken = ((isOver ? before : after) - time) / msPerRequest;
    const headers = {
      'x-ratelimit-limit-requests': String(requestsPerMinute),
      'x-ratelimit-remaining-requests': String(
        Math.max(0, Math.floor(requestsPerMinute - taken + 1e-6)),
      ),
      'x-ratelimit-reset-requests': duration((isOver ? before : after) - time),
    };
    if (!isOver) return headers;
    const waitMs = after - time - 60_000;
    throw new HttpError(
      429,
      `Rate limit reached: ${requestsPerMinute} requests per minute. Please try again in ${duration(waitMs)}.`,
      {
        type: 'requests',
        code: 'rate_limit_exceeded',
        headers: {
          ...headers,
          'retry-after': String(Math.ceil(waitMs / 1000)),
          'retry-after-ms': String(Math.ceil(waitMs)),
        },
      },
    );
  };
}

/** `1s`, `6m0s`, and `20ms` below a second. */
function duration(milliseconds: number): string {
  const whole = Math.ceil(milliseconds);
  if (whole < 1000) return `${whole}ms`;
  const seconds = Math.ceil(whole / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
