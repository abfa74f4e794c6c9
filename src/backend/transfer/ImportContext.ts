import type { Change, Collection, Collections, Store } from '../stores/Store.js';
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
  /** Returns the stored object with this id, or true for an object that a dry run would have written. */
  find<C extends Collection>(collection: C, id: string): Promise<Collections[C] | true | undefined>;
  /** Adds a problem of an object or a file. Errors that are no faults of the input are thrown again. */
  skip(kind: TransferKind | undefined, where: string, error: unknown): void;
}

/** Creates the state of an import. */
export function createImportContext(store: Store, report: TransferReport): ImportContext {
  const planned = new Set<string>();
  const getKey = (collection: Collection, id: string) => `${collection} ${id}`;
  return {
    store,
    report,
    async write(changes) {
      if (!report.isDryRun) return store.write(changes);
      for (const change of changes)
        if (change.type === 'put') planned.add(getKey(change.collection, change.object.id));
    },
    find: async (collection, id) =>
      planned.has(getKey(collection, id)) ? true : store.get(collection, id),
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

/** Imports one object. A fault of the input skips it. */
export async function attempt(
  context: ImportContext,
  kind: 'assistants' | 'files' | 'threads' | undefined,
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
