import { sleep } from '../../../common/sleep.js';
import type { ModelEvent } from '../Model.js';
import type { RetryOptions } from './ModelServerOptions.js';
import { ServerFault } from './ServerFault.js';

/**
 * Streams an answer and requests it again if it fails with a retryable fault before its first event. Uses the delay that the
 * server asks for, or else exponential backoff with jitter. Later failures are thrown, because emitted events cannot be
 * withdrawn. Ends without an error when the signal aborts.
 */
export async function* withRetry(
  send: () => AsyncIterable<ModelEvent>,
  signal: AbortSignal,
  { attempts = 2, minDelayMs = 500, maxDelayMs = 60_000 }: RetryOptions = {},
): AsyncGenerator<ModelEvent, void, void> {
  for (let attempt = 0; ; attempt++) {
    let hasStarted = false;
    try {
      for await (const event of send()) {
        hasStarted = true;
        yield event;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (hasStarted || attempt >= attempts) throw error;
      const delayMs = getRetryDelayMs(error, attempt, { minDelayMs, maxDelayMs });
      if (delayMs === undefined) throw error;
      await sleep(delayMs, signal);
      if (signal.aborted) return;
    }
  }
}

/** Returns the delay before a retry. Undefined if the error is not retryable, or if the server asks for too long a delay. */
function getRetryDelayMs(
  error: unknown,
  attempt: number,
  { minDelayMs, maxDelayMs }: { minDelayMs: number; maxDelayMs: number },
): number | undefined {
  if (!(error instanceof ServerFault) || !error.retryable) return undefined;
  if (error.retryAfterMs !== undefined)
    return error.retryAfterMs > maxDelayMs ? undefined : error.retryAfterMs;
  // Random between 50% and 100%, so that requests that failed together are not repeated together.
  return Math.min(minDelayMs * 2 ** attempt, maxDelayMs) * (0.5 + Math.random() / 2);
}
