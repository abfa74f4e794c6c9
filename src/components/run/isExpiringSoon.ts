import type { Run } from '../../protocol/types.js';

/** Remaining time from which the expiry is shown as urgent, and also for runs that wait for nothing. */
export const EXPIRY_WARNING_SECONDS = 60;

/**
 * Returns true if a run expires within a minute, or has expired.
 *
 * @param now Server time in Unix seconds. Undefined while the page has no time.
 */
export function isExpiringSoon({ expires_at: expiresAt }: Run, now: number | undefined): boolean {
  return now !== undefined && (expiresAt ?? Infinity) - now <= EXPIRY_WARNING_SECONDS;
}
