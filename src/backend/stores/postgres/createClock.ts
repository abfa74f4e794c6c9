import type { Database } from './createDatabase.js';

const INTERVAL_MS = 60_000;
/** Trips that take longer were interrupted, so that the server may have read its clock at any time. */
const MAX_TRIP_MS = 1_000;
const MAX_ATTEMPTS = 3;

/** Clock of the database server. Leases of several processes can be compared only if they use one clock. */
export interface Clock {
  /** Returns the time in milliseconds since 1970: that of this machine until the clock has started. */
  now: () => number;
  /** Compares the clocks, and repeats it every minute. */
  start(): Promise<void>;
  close(): void;
}

/** Creates a clock that runs as that of the database server. */
export function createClock(database: Database): Clock {
  let offsetMs = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  async function compare(): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const beforeMs = Date.now();
      const [row] = await database.query(
        'SELECT extract(epoch FROM clock_timestamp())::double precision * 1000 AS now',
      );
      const tripMs = Date.now() - beforeMs;
      if (tripMs > MAX_TRIP_MS && attempt < MAX_ATTEMPTS) continue;
      // Half of the trip has passed since the server read its clock.
      offsetMs = Math.round(Number(row?.['now']) - (beforeMs + tripMs / 2));
      return;
    }
  }

  return {
    now: () => Date.now() + offsetMs,
    async start() {
      await compare();
      // A failed comparison is repeated. Until then, the last offset is used.
      timer ??= setInterval(() => void compare().catch(() => undefined), INTERVAL_MS).unref();
    },
    close() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
