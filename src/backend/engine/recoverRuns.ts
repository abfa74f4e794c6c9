import { isActive } from '../../protocol/runStatus.js';
import type { EngineOptions } from './EngineOptions.js';
import type { EventLog } from './eventLog/createEventLog.js';
import type { Jobs } from './createJobs.js';
import type { Leases } from './createLeases.js';
import type { Settlement } from './createSettlement.js';
import { readRunMemory } from './RunMemory.js';
import { listActiveRuns } from './listActiveRuns.js';

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
