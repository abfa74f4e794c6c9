import { toUnixSeconds } from '../../common/toUnixSeconds.js';
import { isActive } from '../../protocol/runStatus.js';
import type { EngineOptions } from './EngineOptions.js';
import type { EventLog } from './eventLog/createEventLog.js';
import type { Jobs } from './createJobs.js';
import type { Leases } from './createLeases.js';
import type { Settlement } from './createSettlement.js';
import { readRunMemory } from './RunMemory.js';
import { listActiveRuns } from './listActiveRuns.js';
import { iterateList } from '../stores/iterateList.js';

/**
 * Settles the runs of processes that have ended, and prepares those that wait for tool outputs. Resolves with the time in
 * milliseconds since 1970 at which the first lease of another process expires, or undefined if there is none.
 */
export async function recoverRuns(
  { store, withLock }: Pick<EngineOptions, 'store' | 'withLock'>,
  { settleIfDue }: Pick<Settlement, 'settleIfDue'>,
  { jobs, leases, log }: { jobs: Jobs; leases: Leases; log: EventLog },
): Promise<number | undefined> {
  const expiries: number[] = [];
  for (const { id, thread_id: threadId } of await listActiveRuns(store)) {
    if (jobs.get(id)) continue;
    const run = await withLock(threadId, async () => {
      const stored = await store.get('runs', id);
      return stored && settleIfDue(stored);
    });
    if (run?.status === 'requires_action') {
      const stored = await readRunMemory(store, id);
      log.open(id, stored?.lastSequence);
      jobs.open(run, stored?.memory);
    } else if (run !== undefined && isActive(run.status)) {
      expiries.push(await leases.getExpiry(id));
    }
  }
  return expiries.length === 0 ? undefined : Math.min(...expiries);
}

/**
 * Settles the runs of other processes that have ended, and those that have expired while they waited for tool outputs. Locks a
 * thread only if its run is due, because other processes work on most of the runs.
 */
export async function settleDueRuns(
  { store, withLock, now }: Pick<EngineOptions, 'store' | 'withLock' | 'now'>,
  { settleIfDue }: Pick<Settlement, 'settleIfDue'>,
  leases: Pick<Leases, 'isHeld'>,
): Promise<undefined> {
  const runs = await listActiveRuns(store);
  if (runs.length === 0) return;
  // After the runs: a run that is settled meanwhile has no lease, and is not changed below.
  const expiries = new Map<string, number>();
  for await (const lease of iterateList(store, 'leases', { order: 'asc' }))
    expiries.set(lease.id, lease.expires_at_ms);
  for (const { id, thread_id: threadId, status, expires_at } of runs) {
    const isInterrupted = status !== 'requires_action' && (expiries.get(id) ?? 0) <= now();
    const isExpired = expires_at !== null && toUnixSeconds(now()) >= expires_at;
    if (leases.isHeld(id) || !(isInterrupted || isExpired)) continue;
    await withLock(threadId, async () => {
      const stored = await store.get('runs', id);
      if (stored !== undefined) await settleIfDue(stored);
    });
  }
}
