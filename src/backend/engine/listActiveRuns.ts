import type { RunStatus } from '../../protocol/types.js';
import { iterateList } from '../stores/iterateList.js';
import type { Collections, Store } from '../stores/Store.js';

/** Statuses of runs that have not ended. */
export const ACTIVE_STATUSES = [
  'queued',
  'in_progress',
  'requires_action',
  'cancelling',
] satisfies RunStatus[];

/** Lists all active runs of a store. */
export async function listActiveRuns(store: Store): Promise<Collections['runs'][]> {
  const found: Collections['runs'][] = [];
  for (const value of ACTIVE_STATUSES) {
    const where = { field: 'status', value };
    for await (const run of iterateList(store, 'runs', { where, order: 'asc' })) found.push(run);
  }
  return found;
}
