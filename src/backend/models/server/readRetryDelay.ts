import { parseRetryAfter } from '../../../protocol/parseRetryAfter.js';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const NUMBER = String.raw`\d{1,15}(?:\.\d{1,9})?`;
const AMOUNT = String.raw`${NUMBER}\s*(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])`;
/** Sentences such as "Please try again in 1m30s" and "Please retry after 24 seconds". */
const SENTENCE = new RegExp(
  String.raw`(?:try again|retry|wait|available|resets?)(?:[\s-]+(?:again|after|in|for|at least|about)){0,3}:?\s+((?:${AMOUNT}[\s,]*(?:and\s+)?){1,4})`,
  'i',
);
/** Fields such as `"retryDelay": "30s"` and `"retry_after_ms": 500`, in JSON or in JSON inside of JSON. */
const FIELD = new RegExp(
  String.raw`\\*"retry_?(?:after|delay|in)_?(ms|milliseconds|s|sec|seconds)?\\*"\s*:\s*(?:\\*")?((?:${NUMBER}\s*[a-z]{0,12}\s*){1,3})`,
  'i',
);
const RESET_HEADER = /^(x-)?rate-?limit-reset(?:-(requests|tokens))?$/;
/** Longest text that is searched. */
const MAX_LENGTH = 20_000;

/**
 * Returns the delay in milliseconds that a model server asks for: from `retry-after` and similar headers, from the fields and the
 * words of its error, or else from the headers that tell when a limit is reset. Undefined without one.
 *
 * @param isLimit True if a limit was reached. Other responses may have the headers, too.
 */
export function readRetryDelay(
  headers: Headers | undefined,
  body: string,
  nowMs: number,
  isLimit: boolean,
): number | undefined {
  const asked = headers === undefined ? undefined : parseRetryAfter(headers, nowMs);
  const named = asked ?? readBody(body.slice(0, MAX_LENGTH));
  return named ?? (isLimit && headers !== undefined ? readResets(headers, nowMs) : undefined);
}

function readBody(body: string): number | undefined {
  const [, unit = 's', value] = FIELD.exec(body) ?? [];
  if (value !== undefined) {
    const isPlain = /^[\d.\s]+$/.test(value);
    return isPlain ? Number(value) * toUnitMs(unit) : parseDuration(value);
  }
  return parseDuration(SENTENCE.exec(body)?.[1] ?? '');
}

/** Parses durations such as `1m30.5s` and `20 seconds`. */
function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * toUnitMs(unit), 0);
}

function toUnitMs(unit: string): number {
  const name = unit.toLowerCase();
  return UNIT_MS[/^(?:ms|milli)/.test(name) ? 'ms' : name.charAt(0)] ?? 1_000;
}

/** Returns the time until the exhausted limits are reset, or the shortest one if the server does not name any as exhausted. */
function readResets(headers: Headers, nowMs: number): number | undefined {
  const resets: { delayMs: number; isExhausted: boolean }[] = [];
  for (const [name, value] of headers) {
    const delayMs = RESET_HEADER.test(name) ? parseReset(value.trim(), nowMs) : undefined;
    if (delayMs === undefined) continue;
    const remaining = headers.get(name.replace('reset', 'remaining'));
    resets.push({ delayMs, isExhausted: remaining !== null && Number(remaining) <= 0 });
  }
  const exhausted = resets.filter(({ isExhausted }) => isExhausted);
  if (exhausted.length > 0) return Math.max(...exhausted.map(({ delayMs }) => delayMs));
  return resets.length > 0 ? Math.min(...resets.map(({ delayMs }) => delayMs)) : undefined;
}

/** Parses a duration, seconds, or a time as a date or since 1970. */
function parseReset(value: string, nowMs: number): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(value)) {
    const count = Number(value);
    if (count < 1e9) return count * 1_000;
    return getPositive((count < 1e11 ? count * 1_000 : count) - nowMs);
  }
  if (/^\d{4}-\d\d-\d\dT/.test(value) || value.endsWith('GMT'))
    return getPositive(Date.parse(value) - nowMs);
  return parseDuration(value);
}

function getPositive(delayMs: number): number | undefined {
  return delayMs >= 0 ? delayMs : undefined;
}
