import { readNumberHeader } from './readNumberHeader.js';
import type { Run } from './types.js';

const FIRST_MS = 400;
const GROWTH = 1.6;
const SLOW_MS = 5_000;
const STALLED_AFTER_MS = 120_000;
const STALLED_MS = 10_000;
const HIDDEN_MS = 15_000;
/** Number of unchanged polls for which the server may ask for a shorter delay. */
const HASTENED_POLLS = 4;
const MIN_REQUESTED_MS = 100;
const MAX_REQUESTED_MS = 30_000;
const EXPIRY_GRACE_MS = 30_000;
const RUN_LIFETIME_SECONDS = 600;

/** Input for the delay before the next poll of a run. */
export interface PollSituation {
  /** Number of consecutive polls without a change. */
  unchangedPolls: number;
  /** Time since the last change, in milliseconds. */
  unchangedForMs: number;
  /** Status of the run. */
  status: string;
  /** True if the page is hidden. */
  isHidden: boolean;
  /** Delay that the server requested, from `readPollAfterMs`. */
  requestedMs: number | undefined;
}

/**
 * Returns the delay before the next poll: 400 ms, growing by a factor of 1.6 up to 5 s; 5 s for `requires_action`,
 * because only another tab can move such a run; 10 s after two minutes without a change; at least 15 s while the page
 * is hidden. The delay that the server requests is the minimum. A shorter one replaces the delay for the first four
 * unchanged polls only, so that a wrong hint does not cause thousands of requests. Up to 10 % of jitter is added.
 */
export function getPollDelayMs(
  situation: PollSituation,
  random: () => number = Math.random,
): number {
  const { unchangedPolls, isHidden, requestedMs } = situation;
  const planned = getPlannedDelayMs(situation);
  const delay =
    unchangedPolls < HASTENED_POLLS
      ? (requestedMs ?? planned)
      : Math.max(requestedMs ?? 0, planned);
  return (isHidden ? Math.max(delay, HIDDEN_MS) : delay) * (1 + random() / 10);
}

function getPlannedDelayMs({ unchangedPolls, unchangedForMs, status }: PollSituation): number {
  if (unchangedForMs >= STALLED_AFTER_MS) return STALLED_MS;
  if (status === 'requires_action') return SLOW_MS;
  return Math.min(FIRST_MS * GROWTH ** Math.min(unchangedPolls, 20), SLOW_MS);
}

/** Returns the header `openai-poll-after-ms`, limited to 100 ms to 30 s; undefined if it is missing or invalid. */
export function readPollAfterMs(headers: Headers): number | undefined {
  const requestedMs = readNumberHeader(headers, 'openai-poll-after-ms');
  if (requestedMs === undefined) return undefined;
  return Math.min(Math.max(requestedMs, MIN_REQUESTED_MS), MAX_REQUESTED_MS);
}

/**
 * Returns how far the server's clock is ahead of the local clock, from the `Date` header; undefined if that is missing,
 * invalid or not exposed to cross-origin pages.
 */
export function readClockSkewMs(headers: Headers, nowMs: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date - nowMs;
}

/** Returns the time at which polling a run ends, in milliseconds of the server's clock: 30 s after its expiry. */
export function getPollDeadlineMs(run: Pick<Run, 'created_at' | 'expires_at'>): number {
  return (run.expires_at ?? run.created_at + RUN_LIFETIME_SECONDS) * 1_000 + EXPIRY_GRACE_MS;
}

/** Times of a poll, in milliseconds of the local clock. */
export interface PollClock {
  nowMs: number;
  startedAtMs: number;
  /** From `readClockSkewMs`. */
  skewMs: number | undefined;
}

/**
 * Returns the time left until the deadline of a run; negative after it. The local clock may be wrong by hours, so
 * without the server's clock the run counts as created when polling started.
 */
export function getPollTimeLeftMs(
  run: Pick<Run, 'created_at' | 'expires_at'> | undefined,
  { nowMs, startedAtMs, skewMs }: PollClock,
): number {
  const elapsedMs = nowMs - startedAtMs;
  const longestMs = getPollDeadlineMs({ created_at: 0, expires_at: null }) - elapsedMs;
  if (run === undefined) return longestMs;
  const serverNowMs = skewMs === undefined ? run.created_at * 1_000 + elapsedMs : nowMs + skewMs;
  const leftMs = getPollDeadlineMs(run) - serverNowMs;
  return Number.isFinite(leftMs) ? leftMs : longestMs;
}
