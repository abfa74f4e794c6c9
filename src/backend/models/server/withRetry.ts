import type { ModelEvent } from '../model.js';
import { sleep } from '../../../common/sleep.js';
import type { RetryOptions } from './modelServer.js';
import { ServerFault } from './serverFault.js';

/**
 * An answer that is asked for again when it fails before its first event: after the pause that the server asks for, else
 * after one that doubles, with up to half of it left to chance. What was passed on cannot be taken back, so a later failure
 * is thrown. Ends without a word when the signal is aborted.
 */
export async function* withRetry(
  ask: () => AsyncIterable<ModelEvent>,
  signal: AbortSignal,
  { attempts = 2, minDelayMs = 500, maxDelayMs = 60_000 }: RetryOptions = {},
): AsyncGenerator<ModelEvent, void, void> {
  for (let attempt = 0; ; attempt++) {
    let begun = false;
    try {
      for await (const event of ask()) {
        begun = true;
        yield event;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (begun || !(error instanceof ServerFault) || !error.retryable || attempt >= attempts)
        throw error;
      const own = Math.min(minDelayMs * 2 ** attempt, maxDelayMs) * (0.5 + Math.random() / 2);
      const delayMs = error.retryAfterMs ?? own;
      if (delayMs > maxDelayMs) throw error;
      await sleep(delayMs, signal);
      if (signal.aborted) return;
    }
  }
}
