/**
 * Lets so many requests a minute pass for each user, evenly spread after a first burst of as many. What users did long ago
 * takes no memory.
 *
 * @returns For each request the seconds to wait, 0 when it may pass.
 */
export function createRateLimit(
  requestsPerMinute: number,
  clock: () => number,
): (user: string) => number {
  const intervalMs = 60_000 / requestsPerMinute;
  /** When the burst of each user is whole again. Insertion order is not order of time, so all are looked through. */
  const wholeAt = new Map<string, number>();
  let sweptAt = clock();

  return (user) => {
    const now = clock();
    if (now - sweptAt > 60_000) {
      for (const [one, time] of wholeAt) if (time <= now) wholeAt.delete(one);
      sweptAt = now;
    }
    const next = Math.max(wholeAt.get(user) ?? now, now) + intervalMs;
    const waitMs = next - now - 60_000;
    if (waitMs > 0.001) return Math.ceil(waitMs / 1000);
    wholeAt.set(user, next);
    return 0;
  };
}
