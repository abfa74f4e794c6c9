const MAX_RETRY_AFTER_MS = 10 * 60_000;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;

/**
 * How long a server asks to wait, from `retry-after-ms` or `Retry-After` (seconds or a date), at most ten minutes.
 * Undefined where it does not ask, or in no way that can be read.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const ms = numberOf(headers.get('retry-after-ms'));
  if (ms !== undefined) return Math.min(ms, MAX_RETRY_AFTER_MS);
  const header = headers.get('retry-after');
  const seconds = numberOf(header);
  if (seconds !== undefined) return Math.min(seconds * 1_000, MAX_RETRY_AFTER_MS);
  const date = header === null ? NaN : Date.parse(header);
  return date > nowMs ? Math.min(date - nowMs, MAX_RETRY_AFTER_MS) : undefined;
}

function numberOf(header: string | null): number | undefined {
  return header !== null && /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) : undefined;
}

/** The pause before try number `attempt` (from 1): doubling from half a second to eight, half of it chance. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
  return full * (0.5 + random() / 2);
}

/** Resolves after the time, rejects with the signal's reason as soon as that is aborted. */
export function sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
