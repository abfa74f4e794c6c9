import { readNumberHeader } from '../protocol/readNumberHeader.js';
import type { AssistantsError } from './errors.js';

const MAX_RETRY_AFTER_MS = 10 * 60_000;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;

/**
 * How long a server asks to wait, from `retry-after-ms` or `Retry-After` (seconds or a date), at most ten minutes.
 * Undefined where it does not ask, or in no way that can be read.
 */
export function getRetryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const date = headers.get('retry-after') ?? '';
  // Date.parse finds a date in almost any text; what HTTP calls a date ends with its zone.
  const untilMs = date.trim().endsWith('GMT') ? Date.parse(date) - nowMs : NaN;
  const ms =
    readNumberHeader(headers, 'retry-after-ms') ??
    (readNumberHeader(headers, 'retry-after') ?? untilMs / 1_000) * 1_000;
  return ms >= 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : undefined;
}

/** The pause before try number `attempt` (from 1): doubling from half a second to eight, half of it chance. */
export function getBackoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
  return full * (0.5 + random() / 2);
}

/** Whether a request that failed may be sent again: a GET, one whose key keeps it single, or one that never left. */
export function canRetry(
  error: AssistantsError,
  method: string,
  hasIdempotencyKey: boolean,
): boolean {
  if (!error.retryable || error.kind === 'busy') return false;
  // A conflict over the key is the same the next time.
  return method === 'GET' || (hasIdempotencyKey && error.status !== 409) || neverLeft(error);
}

const BEFORE_SENDING = new Set<unknown>([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether the failure came before a byte was sent, as far as the platform tells (Node does, browsers do not). */
function neverLeft({ cause }: AssistantsError): boolean {
  const inner = cause instanceof Error ? cause.cause : undefined;
  return (
    typeof inner === 'object' && inner !== null && 'code' in inner && BEFORE_SENDING.has(inner.code)
  );
}

/** Resolves after the time, rejects with the signal's reason as soon as that is aborted. */
export async function sleep(
  ms: number,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = () => new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await untilAborted(signal, passed).finally(() => clearTimeout(timer));
}

/** What `work` comes to, or the signal's reason as soon as that is aborted: not all that is injected heeds a signal. */
export async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
