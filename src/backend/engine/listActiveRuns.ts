import type { RunStatus } from '../../protocol/types.js';
import type { Collections, Store } from '../stores/Store.js';

const ACTIVE = ['queued', 'in_progress', 'requires_action', 'cancelling'] satisfies RunStatus[];
const PAGE = 100;

/** Lists all active runs of a store. */
export async function listActiveRuns(store: Store): Promise<Collections['runs'][]> {
  const found: Collections['runs'][] = [];
  for (const value of ACTIVE) {
    let after: string | undefined;
    while (true) {
      const page = await store.list('runs', {
        where: { field: 'status', value },
        order: 'asc',
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...(page?.data ?? []));
      after = page?.data.at(-1)?.id;
      if (page?.hasMore !== true) break;
    }
  }
  return found;
}
