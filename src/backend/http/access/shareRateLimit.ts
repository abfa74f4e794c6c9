import type { RateLimiter } from '../../../common/createRateLimiter.js';
import type { SharedQuotas } from '../../stores/Store.js';

/** Shortest time between two statements for the quotas, in milliseconds. */
const INTERVAL_MS = 500;

/**
 * Makes the limiters of several processes count together. Requests never wait for the store: each process decides by
 * what it knows, and tells the store afterwards what its callers have used, at most twice per second for all of them.
 * So a caller can exceed the limit by what it sends to the other processes within that time. If the store fails, each
 * process limits on its own.
 *
 * @param costMs Part of its quota that a request of a caller uses, in milliseconds.
 * @param now Returns the time in milliseconds.
 */
export function shareRateLimit(
  limiter: RateLimiter,
  quotas: SharedQuotas,
  { costMs, now }: { costMs: number; now: () => number },
): (caller: string) => ReturnType<RateLimiter> {
  const pending = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sentAtMs = Number.NEGATIVE_INFINITY;

  async function send(): Promise<void> {
    sentAtMs = now();
    const uses = [...pending].map(([caller, count]) => ({ caller, usedMs: count * costMs }));
    pending.clear();
    const resets = await quotas.use(uses);
    for (const [index, { caller }] of uses.entries())
      limiter.raise(caller, (resets[index] ?? 0) + (pending.get(caller) ?? 0) * costMs);
  }

  function schedule(): void {
    const delayMs = Math.min(Math.max(sentAtMs + INTERVAL_MS - now(), 0), INTERVAL_MS);
    timer ??= setTimeout(() => {
      void send()
        .catch(() => undefined)
        .finally(() => {
          timer = undefined;
          if (pending.size > 0) schedule();
        });
    }, delayMs);
    // Timers are numbers in browsers. In Node, they would keep the process running.
    if (typeof timer === 'object') timer.unref();
  }

  return (caller) => {
    const result = limiter(caller);
    if (result.isAllowed) {
      pending.set(caller, (pending.get(caller) ?? 0) + 1);
      schedule();
    }
    return result;
  };
}
