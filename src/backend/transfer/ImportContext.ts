import type { Change, Collection, Collections, Store } from '../stores/Store.js';
import { isOwned } from '../domain/userStore.js';
import { isSameJson } from './isSameJson.js';
import { toShortText } from './toShortText.js';
import { InputFault } from './TransferError.js';
import type { TransferKind, TransferReport } from './TransferReport.js';

/** State of an import. */
export interface ImportContext {
  store: Store;
  report: TransferReport;
  /** Writes a batch, or remembers its ids in a dry run. */
  write(changes: Change[]): Promise<void>;
  /** Returns true if the store has an object with this id, or a dry run would have written one. */
  has(collection: Collection, id: string): Promise<boolean>;
  /**
   * Returns the stored object with this id, or true for an object that a dry run would have written.
   *
   * @throws InputFault if it does not belong to the user of the import
   */
  find<C extends Collection>(collection: C, id: string): Promise<Collections[C] | true | undefined>;
  /** Adds a problem of an object or a file. Errors that are no faults of the input are thrown again. */
  skip(kind: TransferKind | undefined, where: string, error: unknown): void;
}

/**
 * Creates the state of an import.
 *
 * @param user Owner of what is imported, if any.
 */
export function createImportContext(
  store: Store,
  report: TransferReport,
  user?: string,
): ImportContext {
  const planned = new Set<string>();
  const getKey = (collection: Collection, id: string) => `${collection} ${id}`;
  return {
    store,
    report,
    async write(changes) {
      if (!report.isDryRun) return store.write(changes.map((change) => withOwner(change, user)));
      for (const change of changes)
        if (change.type === 'put') planned.add(getKey(change.collection, change.object.id));
    },
    has: async (collection, id) =>
      planned.has(getKey(collection, id)) || (await store.get(collection, id)) !== undefined,
    async find(collection, id) {
      if (planned.has(getKey(collection, id))) return true;
      const object = await store.get(collection, id);
      if (object === undefined || user === undefined || !isOwned(collection)) return object;
      const owner = await store.getParent(collection, id);
      const isShared = collection === 'assistants' && owner === null;
      if (owner === user || isShared) return object;
      throw new InputFault(
        `The store has an object with the id ${id} that does not belong to the user ${toShortText(user, 'given')}. It was kept.`,
        'Import into a new store, or without a user.',
      );
    },
    skip(kind, where, error) {
      if (!(error instanceof InputFault)) throw error;
      const { message, advice } = error;
      report.problems.push({
        type: 'skipped',
        where,
        message,
        ...(advice === undefined ? {} : { advice }),
      });
      if (kind !== undefined) report.counts[kind].skipped += 1;
    },
  };
}

/** Makes a new object one of the user. */
function withOwner(change: Change, user: string | undefined): Change {
  const isNewObject = change.type === 'put' && isOwned(change.collection);
  return isNewObject && user !== undefined ? { ...change, parent: user } : change;
}

/** Imports one object. A fault of the input skips it. */
export async function attempt(
  context: ImportContext,
  kind: 'assistants' | 'vectorStores' | 'files' | 'threads' | undefined,
  id: unknown,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    context.skip(kind, toShortText(id, 'object without an id'), error);
  }
}

/**
 * Returns whether an object must be added. False if the store has it already.
 *
 * @throws InputFault if the store has another object with its id, which is kept
 */
export async function isNew<C extends Collection>(
  context: ImportContext,
  collection: C,
  object: Collections[C],
): Promise<boolean> {
  const stored = await context.find(collection, object.id);
  if (stored === undefined) return true;
  if (stored === true || isSameJson(stored, object)) return false;
  throw new InputFault(
    `The store has another object with the id ${object.id}. It was kept.`,
    'Delete it first to import this one, or import into a new store.',
  );
}
