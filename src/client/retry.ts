import { isRecord } from '../common/isRecord.js';
import type { AssistantsError } from './AssistantsError.js';

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;

/**
 * Returns the delay in milliseconds after a failed attempt: 0.5 s after the first, doubling up to 8 s, reduced by a random
 * share of up to one half.
 *
 * @param attempt Number of the failed attempt, starting at 1.
 */
export function getBackoffMs(attempt: number, random: () => number = Math.random): number {
  const longestMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
  return longestMs * (0.5 + random() / 2);
}

/**
 * Returns true if a failed request can be sent again without creating something twice: GET requests, requests with an idempotency
 * key, and requests that failed before anything was sent.
 */
export function canRetry(
  error: AssistantsError,
  method: string,
  hasIdempotencyKey: boolean,
): boolean {
  if (!error.retryable || error.kind === 'busy') return false;
  if (method === 'GET' || failedBeforeSending(error)) return true;
  // Status 409 means that the key was used for a different request, which a retry cannot change.
  return hasIdempotencyKey && error.status !== 409;
}

const CONNECT_ERROR_CODES = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Node reports the reason of a network failure as the cause of its error. Browsers do not. */
function failedBeforeSending({ cause }: AssistantsError): boolean {
  const reason = cause instanceof Error ? cause.cause : undefined;
  return isRecord(reason) && CONNECT_ERROR_CODES.has(reason['code']);
}
