import { MAX_TIMER_MS } from '../common/maxTimerMs.js';
import { randomKey } from '../common/randomKey.js';
import { sleep } from '../common/sleep.js';
import { AssistantsError } from './AssistantsError.js';
import type { ClientRequest, ReadyRequest } from './ClientRequest.js';
import { getOperation } from './operations.js';
import { prepareRequest } from './prepareRequest.js';
import { raceWithAbort } from './raceWithAbort.js';
import { createAbortError, createNetworkError, createTimeoutError } from './requestErrors.js';
import { sendAttempt } from './sendAttempt.js';
import { canRetry, getBackoffMs } from './retry.js';
import type { ServerProfile } from './ServerProfile.js';

/** Shortest delay before a retry, for servers that ask for none. */
const MIN_RETRY_DELAY_MS = 100;

/** Sends a request and retries it. Rejects with AssistantsError. */
export type RequestSender = <Result>(request: ClientRequest<Result>) => Promise<Result>;

/** Creates the function that sends every request of a client. */
export function createRequestSender(profile: ServerProfile): RequestSender {
  const { options } = profile;
  const { retry = 2, timeoutMs = 60_000 } = options;

  return async function send(request) {
    const { operationId, params, call } = request;
    const { method, creates } = getOperation(operationId);
    const ready = {
      ...request,
      prepared: prepareRequest(operationId, params, options),
      idempotencyKey:
        options.idempotencyKeys && creates ? (call.idempotencyKey ?? randomKey()) : undefined,
      timeoutMs: Math.min(call.timeoutMs ?? timeoutMs, MAX_TIMER_MS),
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await sendOnce(ready);
      } catch (error) {
        if (!(error instanceof AssistantsError) || attempt > (call.retry ?? retry)) throw error;
        if (!canRetry(error, method, ready.idempotencyKey !== undefined)) throw error;
        // If the signal ends the delay early, the next attempt rejects before it sends anything.
        const delayMs = error.retryAfterMs ?? getBackoffMs(attempt);
        await sleep(Math.max(delayMs, MIN_RETRY_DELAY_MS), call.signal);
      }
    }
  };

  async function sendOnce<Result>(request: ReadyRequest<Result>): Promise<Result> {
    const { operationId, call } = request;
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(createTimeoutError(operationId, request.timeoutMs)),
      request.timeoutMs,
    );
    const signal = call.signal ? AbortSignal.any([call.signal, deadline.signal]) : deadline.signal;
    let wasSent = false;
    const onSend = () => {
      wasSent = true;
    };
    try {
      return await raceWithAbort(signal, () => sendAttempt(profile, request, signal, onSend));
    } catch (error) {
      if (error instanceof AssistantsError) throw error;
      throw call.signal?.aborted
        ? createAbortError(operationId, error)
        : createNetworkError(operationId, error, wasSent);
    } finally {
      clearTimeout(timer);
    }
  }
}
