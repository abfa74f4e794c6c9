import { randomId } from '../../common/randomId.js';
import { isSettled } from '../../protocol/runStatus.js';
import type { Change, Collections, Store } from '../stores/Store.js';

type Run = Collections['runs'];

/** Time for which a lease is valid, in milliseconds. */
export const LEASE_MS = 15_000;
const RENEWAL_MS = 5_000;

/**
 * Leases of runs that are worked on. A process holds a lease for each run that it executes and renews it every few seconds. A
 * run whose lease has expired was interrupted: its process has ended. A run that waits for tool outputs has no lease, because
 * any process can continue it.
 */
export interface Leases {
  /** Returns the change that must be stored together with a new status of a run. */
  toChange: (run: Run) => Change;
  /** Starts or stops the renewal of a lease. Call it after the change was stored. */
  track: (run: Run) => void;
  /** Returns true if this process works on a run. */
  isHeld: (runId: string) => boolean;
  /** Stops the renewal of the lease of a run that this process no longer works on. */
  forget: (runId: string) => void;
  /** Finds out at once which leases another process has taken over. Never rejects. */
  check: () => Promise<void>;
  /** Resolves with the time at which the lease of a run expires, in milliseconds since 1970. 0 if there is none. */
  getExpiry: (runId: string) => Promise<number>;
}

/**
 * Creates the leases of a process.
 *
 * @param now Returns the time in milliseconds since 1970.
 * @param onLost Called when another process has taken a run over, or has ended it because this one did not renew its lease in
 *   time. Its errors are ignored.
 * @param owner Id of the process.
 */
export function createLeases(
  store: Store,
  now: () => number,
  onLost: (runId: string) => Promise<void>,
  owner: string = randomId('process_'),
): Leases {
  const held = new Set<string>();
  let timer: ReturnType<typeof setInterval> | undefined;

  const createLease = (id: string): Change => ({
    type: 'put',
    collection: 'leases',
    object: { id, owner, expires_at_ms: now() + LEASE_MS },
  });

  async function renew(): Promise<void> {
    const kept: string[] = [];
    for (const id of held) {
      const lease = await store.get('leases', id);
      if (lease?.owner === owner) kept.push(id);
      else if (held.delete(id)) void onLost(id).catch(() => undefined);
    }
    if (kept.length > 0) await store.write(kept.filter((id) => held.has(id)).map(createLease));
  }

  function updateTimer(): void {
    if (held.size === 0) {
      clearInterval(timer);
      timer = undefined;
    } else if (timer === undefined) {
      // A failed renewal is repeated at the next interval. If the store fails for longer, the run fails too.
      timer = setInterval(() => void renew().catch(() => undefined), RENEWAL_MS);
      // Timers are numbers in browsers. In Node, they would keep the process running.
      if (typeof timer === 'object') timer.unref();
    }
  }

  return {
    toChange: (run) =>
      isWorkedOn(run) ? createLease(run.id) : { type: 'remove', collection: 'leases', id: run.id },
    track(run) {
      if (isWorkedOn(run)) held.add(run.id);
      else held.delete(run.id);
      updateTimer();
    },
    isHeld: (runId) => held.has(runId),
    forget(runId) {
      held.delete(runId);
      updateTimer();
    },
    check: () => renew().catch(() => undefined),
    async getExpiry(runId) {
      if (held.has(runId)) return Number.POSITIVE_INFINITY;
      const lease = await store.get('leases', runId);
      return lease?.expires_at_ms ?? 0;
    },
  };
}

/** Returns true if a run needs a process that works on it. */
export function isWorkedOn({ status }: Run): boolean {
  return status !== 'requires_action' && !isSettled(status);
}
