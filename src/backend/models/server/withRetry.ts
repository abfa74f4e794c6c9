import { sleep } from '../../../common/sleep.js';
import type { RetryOptions } from './ModelServerOptions.js';
import { ServerFault } from './ServerFault.js';

/** Longest delay between two requests to a server that is loading its model. */
const MAX_LOADING_DELAY_MS = 5_000;

/**
 * Streams an answer and requests it again if it fails with a retryable fault before its first event. Uses the delay that the
 * server asks for, or else exponential backoff with jitter. Waits longer for a server that is loading its model. Later failures
 * are thrown, because emitted events cannot be withdrawn. Ends without an error when the signal aborts.
 */
export async function* withRetry<Event>(
  send: () => AsyncIterable<Event>,
  signal: AbortSignal,
  options: RetryOptions = {},
): AsyncGenerator<Event, void, void> {
  const getDelayMs = createDelays(options);
  while (true) {
    let hasStarted = false;
    try {
      for await (const event of send()) {
        hasStarted = true;
        yield event;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      const delayMs = hasStarted ? undefined : getDelayMs(error);
      if (delayMs === undefined) throw error;
      await sleep(delayMs, signal);
      if (signal.aborted) return;
    }
  }
}

/**
 * Returns a function that returns the delay before the next retry in milliseconds. It returns undefined if the error is not
 * retryable, if the server asks for too long a delay, or after the last retry.
 */
function createDelays({
  attempts = 2,
  minDelayMs = 500,
  maxDelayMs = 60_000,
  loadingMs = 300_000,
}: RetryOptions): (error: unknown) => number | undefined {
  let retries = 0;
  let waits = 0;
  let waitedMs = 0;

  // Random between 50% and 100%, so that requests that failed together are not repeated together.
  const getBackoffMs = (count: number, limitMs: number) =>
    Math.min(minDelayMs * 2 ** count, limitMs) * (0.5 + Math.random() / 2);

  return (error) => {
    if (!(error instanceof ServerFault) || !error.retryable) return undefined;
    const { kind, retryAfterMs } = error;
    if (retryAfterMs !== undefined && retryAfterMs > maxDelayMs) return undefined;
    if (kind === 'loading') {
      if (waitedMs >= loadingMs) return undefined;
      const limitMs = Math.min(MAX_LOADING_DELAY_MS, loadingMs - waitedMs);
      const delayMs = Math.min(retryAfterMs ?? getBackoffMs(waits, limitMs), loadingMs - waitedMs);
      waits += 1;
      waitedMs += Math.max(delayMs, 1);
      return delayMs;
    }
    if (retries >= attempts) return undefined;
    retries += 1;
    return retryAfterMs ?? getBackoffMs(retries - 1, maxDelayMs);
  };
}
