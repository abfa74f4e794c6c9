import type { RunStatus } from '../../protocol/types.js';
import type { Collections, Store } from '../stores/Store.js';
import type { RunOutcome } from './settleObjects.js';

const ACTIVE = ['queued', 'in_progress', 'requires_action', 'cancelling'] satisfies RunStatus[];
const PAGE = 100;
const INTERRUPTED = 'The server was stopped during this run. Please try again.';

/**
 * Lists the runs that a previous process left active, with their outcome: cancelled if cancellation was requested, else
 * failed. Includes runs that wait for tool outputs, because the state of their model is lost.
 */
export async function findInterruptedRuns(
  store: Store,
): Promise<{ run: Collections['runs']; outcome: RunOutcome }[]> {
  const found: { run: Collections['runs']; outcome: RunOutcome }[] = [];
  for (const status of ACTIVE) {
    const outcome: RunOutcome =
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
