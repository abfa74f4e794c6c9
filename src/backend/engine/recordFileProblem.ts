import type { FileObject } from '../../protocol/types.js';
import type { FileLimits } from '../search/fileLimits.js';
import { describeProblem, type FileProblem, type ProblemReason } from '../search/FileProblem.js';
import type { Store } from '../stores/Store.js';
import { catchStoreError } from '../stores/StoreError.js';

/** Dependencies of `recordFileProblem`. */
export interface FileProblemContext {
  store: Store;
  withLock: <T>(key: string, task: () => Promise<T>) => Promise<T>;
  limits: FileLimits;
}

/**
 * Stores in `status_details` of a file why it, or a part of it, cannot be searched. The status becomes `error` if the file should
 * have been readable. Does nothing if the file was deleted, or if the store fails.
 */
export async function recordFileProblem(
  { store, withLock, limits }: FileProblemContext,
  { id }: FileObject,
  problem: FileProblem | undefined,
): Promise<void> {
  const details = problem === undefined ? null : describeProblem(problem, limits);
  const work = withLock(id, async () => {
    const file = await store.get('files', id);
    if (file === undefined || file.status_details === details) return;
    const object: FileObject = {
      ...file,
      status: problem !== undefined && isFailure(problem) ? 'error' : 'processed',
      status_details: details,
    };
    await store.write([{ type: 'put', collection: 'files', object }]);
  });
  await catchStoreError(work, undefined);
}

/** Not errors of a file: it has no text, such as an image, or the environment has no workers. */
const HARMLESS: ReadonlySet<ProblemReason> = new Set(['format', 'empty', 'noWorker']);

function isFailure({ reason, isPartial }: FileProblem): boolean {
  return !isPartial && !HARMLESS.has(reason);
}
