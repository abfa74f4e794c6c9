import { readNumberHeader } from './readNumberHeader.js';
import type { Run } from './types.js';

const FIRST_MS = 400;
const GROWTH = 1.6;
const SLOW_MS = 5_000;
const STILL_AFTER_MS = 120_000;
const STILL_MS = 10_000;
const HIDDEN_MS = 15_000;
const HASTENED_POLLS = 4;
const EXPIRY_GRACE_MS = 30_000;
const RUN_LIFETIME_S = 600;

/** What is known when the next poll of a run is planned. */
export interface PollSituation {
  /** Polls in a row that found nothing new. */
  unchangedPolls: number;
  /** Milliseconds since something was new. */
  unchangedForMs: number;
  status: string;
  /** Whether nobody can see the page. */
  isHidden: boolean;
  /** The server's wish, from `pollAfterMs`. */
  askedMs: number | undefined;
}

/**
 * The pause before the next poll: 400 ms, growing by 1.6 to 5 s, 10 s once nothing has changed for two minutes, 15 s while
 * hidden, plus up to a tenth of chance. Never sooner than the server asks for; where that is sooner than all this, it counts
 * for the first polls that find nothing new, or a server in haste would be asked thousands of times. A run that waits for a
 * person is asked every 5 s at most: only another tab can move it.
 */
export function pollDelayMs(situation: PollSituation, random: () => number = Math.random): number {
  const { unchangedPolls, unchangedForMs, status, isHidden, askedMs } = situation;
  const grown = Math.min(FIRST_MS * GROWTH ** Math.min(unchangedPolls, 20), SLOW_MS);
  const own =
    unchangedForMs >= STILL_AFTER_MS ? STILL_MS : status === 'requires_action' ? SLOW_MS : grown;
  const wanted = unchangedPolls < HASTENED_POLLS ? (askedMs ?? own) : Math.max(askedMs ?? 0, own);
  return (isHidden ? Math.max(wanted, HIDDEN_MS) : wanted) * (1 + random() / 10);
}

/** The header `openai-poll-after-ms` between 100 ms and 30 s; undefined where it is missing or junk. */
export function pollAfterMs(headers: Headers): number | undefined {
  const askedMs = readNumberHeader(headers, 'openai-poll-after-ms');
  return askedMs === undefined ? undefined : Math.min(Math.max(askedMs, 100), 30_000);
}

/** How far the server's clock is ahead of ours, from the `Date` header; undefined where that is missing, junk or not exposed. */
export function clockSkewMs(headers: Headers, nowMs: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date - nowMs;
}

/** When to give up on a run, in milliseconds of the server's clock: half a minute behind its expiry. */
export function pollDeadlineMs(run: Pick<Run, 'created_at' | 'expires_at'>): number {
  return (run.expires_at ?? run.created_at + RUN_LIFETIME_S) * 1_000 + EXPIRY_GRACE_MS;
}

/** What is known of the time when a run is polled; all in milliseconds of our clock. */
export interface PollClock {
  nowMs: number;
  /** When polling began. */
  beganAtMs: number;
  /** From `clockSkewMs`. */
  skewMs: number | undefined;
}

/**
 * What is left until the deadline, below 0 behind it. Our clock may be wrong by hours: without the server's, the run counts as
 * made when polling began.
 */
export function pollTimeLeftMs(
  run: Pick<Run, 'created_at' | 'expires_at'> | undefined,
  { nowMs, beganAtMs, skewMs }: PollClock,
): number {
  const elapsedMs = nowMs - beganAtMs;
  const longestMs = pollDeadlineMs({ created_at: 0, expires_at: null }) - elapsedMs;
  if (run === undefined) return longestMs;
  const leftMs =
    pollDeadlineMs(run) -
    (skewMs === undefined ? run.created_at * 1_000 + elapsedMs : nowMs + skewMs);
  return Number.isFinite(leftMs) ? leftMs : longestMs;
}
