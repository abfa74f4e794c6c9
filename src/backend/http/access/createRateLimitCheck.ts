import { createRateLimiter } from '../../../common/createRateLimiter.js';
import type { SharedQuotas } from '../../stores/Store.js';
import { shareRateLimit } from './shareRateLimit.js';
import { HttpError } from '../../domain/errors.js';

/** Counts a request and returns the rate limit headers of its response. @throws HttpError 429 */
export type RateLimitCheck = (caller: string) => Record<string, string>;

/**
 * Limits the requests per minute of each caller. Requests come back one by one: a rejected caller may continue after the time
 * of one request, and does not have to wait for the full minute.
 *
 * @param now Returns the time in milliseconds.
 * @param quotas Quotas that the process shares with others, if any.
 */
export function createRateLimitCheck(
  requestsPerMinute: number,
  now: () => number,
  quotas?: SharedQuotas,
): RateLimitCheck {
  const limiter = createRateLimiter(requestsPerMinute, now);
  const costMs = 60_000 / requestsPerMinute;
  const limit = quotas === undefined ? limiter : shareRateLimit(limiter, quotas, { costMs, now });
  return (caller) => {
    const { isAllowed, remaining, resetMs, retryAfterMs } = limit(caller);
    const headers = {
      'x-ratelimit-limit-requests': String(requestsPerMinute),
      'x-ratelimit-remaining-requests': String(remaining),
      'x-ratelimit-reset-requests': formatDuration(resetMs),
    };
    if (isAllowed) return headers;
    throw new HttpError(
      429,
      `Rate limit reached: ${requestsPerMinute} requests per minute. Please try again in ${formatDuration(retryAfterMs)}.`,
      {
        type: 'requests',
        code: 'rate_limit_exceeded',
        headers: {
          ...headers,
          'retry-after': String(Math.ceil(retryAfterMs / 1000)),
          'retry-after-ms': String(Math.ceil(retryAfterMs)),
        },
      },
    );
  };
}

/** Formats a duration like the original API: `20ms` below a second, then `1s` or `6m0s`. */
function formatDuration(durationMs: number): string {
  const wholeMs = Math.ceil(durationMs);
  if (wholeMs < 1000) return `${wholeMs}ms`;
  const seconds = Math.ceil(wholeMs / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
