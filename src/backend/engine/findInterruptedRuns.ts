import type { RunStatus } from '../../protocol/types.js';
import type { Collections, Store } from '../stores/Store.js';
import type { Outcome } from './outcome.js';

const ACTIVE = ['queued', 'in_progress', 'requires_action', 'cancelling'] satisfies RunStatus[];
const PAGE = 100;
const INTERRUPTED = 'The server was stopped while this run was worked on. Please try again.';

/**
 * The runs of a store that are not settled, and how each ends when nobody works on it: cancelled where that was asked for,
 * else failed. One that waits for tool outputs too, since what its model had begun is lost.
 */
export async function findInterruptedRuns(
  store: Store,
): Promise<{ run: Collections['runs']; outcome: Outcome }[]> {
  const found: { run: Collections['runs']; outcome: Outcome }[] = [];
  for (const status of ACTIVE) {
    const outcome: Outcome =
      status === 'cancelling'
        ? { status: 'cancelled' }
        : { status: 'failed', error: { code: 'server_error', message: INTERRUPTED } };
    let after: string | undefined;
    while (true) {
      const where = { field: 'status', value: status };
      const page = await store.list('runs', {
        where,
        order: 'asc',
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...(page?.data.map((run) => ({ run, outcome })) ?? []));
      after = page?.data.at(-1)?.id;
      if (page?.hasMore !== true) break;
    }
  }
  return found;
}
