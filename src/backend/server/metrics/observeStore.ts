import { isSettled } from '../../../protocol/runStatus.js';
import type { Change, Store } from '../../stores/Store.js';

/** Receives what a store does. */
export interface StoreObserver {
  /** Called after each call, also a failed one. */
  onCall: (call: 'get' | 'list' | 'count' | 'write', seconds: number) => void;
  /** Called when the end of a run was stored. */
  onRunEnd: (status: string) => void;
}

/** Returns a store that reports its calls. */
export function observeStore(store: Store, { onCall, onRunEnd }: StoreObserver): Store {
  async function measure<T>(
    call: Parameters<StoreObserver['onCall']>[0],
    run: () => Promise<T>,
  ): Promise<T> {
    const startedAt = performance.now();
    try {
      return await run();
    } finally {
      onCall(call, (performance.now() - startedAt) / 1000);
    }
  }

  return {
    ...store,
    get: (collection, id) => measure('get', () => store.get(collection, id)),
    list: (collection, query) => measure('list', () => store.list(collection, query)),
    count: (...list) => measure('count', () => store.count(...list)),
    async write(changes) {
      await measure('write', () => store.write(changes));
      for (const status of listEndedRuns(changes)) onRunEnd(status);
    },
  };
}

/** Lists the statuses of the runs that a write ends. It removes their leases; later changes of a run do not. */
function listEndedRuns(changes: readonly Change[]): string[] {
  const released = new Set<string>();
  for (const change of changes)
    if (change.type === 'remove' && change.collection === 'leases') released.add(change.id);
  return changes.flatMap((change) =>
    change.type === 'put' &&
    change.collection === 'runs' &&
    isSettled(change.object.status) &&
    released.has(change.object.id)
      ? [change.object.status]
      : [],
  );
}
