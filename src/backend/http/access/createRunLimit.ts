import type { BackendUser } from '../../domain/BackendUser.js';
import { tooManyRuns } from '../../domain/errors.js';
import type { Change, Store } from '../../stores/Store.js';
import type { BackendContext } from '../BackendContext.js';

/** Calls `task`, which starts a run of the user, with the store that it must use. @throws HttpError 429 */
export type RunLimit = <T>(
  store: Store,
  user: BackendUser,
  task: (store: Store) => Promise<T>,
) => Promise<T>;

/**
 * Limits the active runs of each user, in all processes. Each one has a record in `activeRuns`, which is written
 * together with the run and removed with its end. One run of a user is started at a time, so that the limit is exact.
 */
export function createRunLimit(
  { withLock }: Pick<BackendContext, 'withLock'>,
  maxRuns: number,
): RunLimit {
  return (store, user, task) =>
    withLock(`runs of ${user.id}`, async () => {
      if ((await store.count('activeRuns', user.id)) >= maxRuns) throw tooManyRuns(maxRuns);
      return task(withRecords(store, user.id));
    });
}

/** Returns a store that adds the record of each run that it stores. */
function withRecords(store: Store, userId: string): Store {
  return {
    ...store,
    async write(changes) {
      const records = changes.flatMap((change): Change[] =>
        change.type === 'put' && change.collection === 'runs'
          ? [
              {
                type: 'put',
                collection: 'activeRuns',
                object: { id: change.object.id },
                parent: userId,
              },
            ]
          : [],
      );
      await store.write([...changes, ...records]);
    },
  };
}
