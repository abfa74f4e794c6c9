import type { Change, Collection, Collections, ListQuery, Store } from '../stores/Store.js';
import { sharedAssistant } from './errors.js';
import type { BackendUser } from './BackendUser.js';
import { getUsageId } from './usageDays.js';

/** Collections whose objects have an owner, which is their parent. */
const OWNED = ['assistants', 'threads', 'files', 'vectorStores'] as const;
/** Collections of objects that belong to a thread, a vector store or a file, with the collection of what they belong to. */
const CONTENTS = {
  messages: 'threads',
  runs: 'threads',
  steps: 'threads',
  vectorStoreFiles: 'vectorStores',
  vectorStoreBatches: 'vectorStores',
  fileVectors: 'files',
} as const satisfies Partial<Record<Collection, Collection>>;

type OwnedCollection = (typeof OWNED)[number];
type ContentCollection = keyof typeof CONTENTS;

/** Owner of an object. Null for objects that are shared, or older than the ownership. */
type Owner = string | null;

/**
 * Creates a view of a store for one request of a user. It shows and changes the objects of the user only, so that code
 * that forgets a check finds nothing: the object of another user looks like a missing one. Without an owner, assistants
 * are shared, and other objects belong to the admins.
 *
 * Messages, runs and steps are visible once their thread was found through the same view, files and batches of a vector
 * store once the store was, and vectors of a file once the file was. That needs no query, so an id in another thread
 * takes the time of a missing one.
 */
export function userStore(store: Store, user: BackendUser): Store {
  const known = createKnownObjects();

  async function getOwned<C extends OwnedCollection>(
    collection: C,
    id: string,
  ): Promise<Collections[C] | undefined> {
    const [owner, object] = await Promise.all([
      store.getParent(collection, id),
      store.get(collection, id),
    ]);
    if (owner === undefined || !listReadable(collection, user).includes(owner)) return undefined;
    known.add(collection, id, owner);
    return object;
  }

  /** Leaves out files in vector stores of other users. */
  async function withOwnStores<C extends Collection>(
    page: { data: Collections[C][]; hasMore: boolean } | null,
  ): Promise<typeof page> {
    const data: Collections[C][] = [];
    for (const object of page?.data ?? []) {
      const id = getContainerId('vectorStoreFiles', object);
      if ((await getOwned('vectorStores', id)) === undefined) continue;
      known.add('vectorStoreFiles', object.id, null);
      data.push(object);
    }
    return page && { ...page, data };
  }

  return {
    async get<C extends Collection>(collection: C, id: string) {
      if (isOwned(collection)) return getOwned(collection, id);
      assertContent(collection);
      const object = await store.get(collection, id);
      if (object === undefined || !isInKnown(collection, object, known)) return undefined;
      known.add(collection, id, null);
      return object;
    },

    async list<C extends Collection>(collection: C, query: ListQuery) {
      if (isOwned(collection))
        return store.list(collection, { ...query, parent: listReadable(collection, user) });
      if (collection === 'usageDays') return store.list(collection, toUsageQuery(query, user));
      assertContent(collection);
      if (query.where?.field === 'file_id')
        return withOwnStores(await store.list(collection, query));
      known.assertParent(collection, query.parent);
      const page = await store.list(collection, query);
      for (const { id } of page?.data ?? []) known.add(collection, id, null);
      return page;
    },

    async count(collection, parent, where) {
      assertContent(collection);
      known.assertParent(collection, parent);
      return store.count(collection, parent, where);
    },

    async getParent(collection, id) {
      return known.has(collection, id) ? store.getParent(collection, id) : undefined;
    },

    async getContent(fileId) {
      const isVisible =
        known.has('files', fileId) || (await getOwned('files', fileId)) !== undefined;
      return isVisible ? store.getContent(fileId) : undefined;
    },

    async write(changes) {
      await store.write(changes.map((change) => toOwnChange(change, user, known)));
    },
  };
}

/** Objects that the view has shown, and new ones, with their owners. Contents of threads and vector stores have null. */
interface KnownObjects {
  add(collection: Collection, id: string, owner: Owner): void;
  has(collection: Collection, id: string): boolean;
  getOwner(collection: Collection, id: string): Owner | undefined;
  /** @throws Error unless the parent of a list was shown. */
  assertParent(collection: ContentCollection, parent: ListQuery['parent']): void;
  /** @throws Error unless the object was shown. */
  assertKnown(collection: Collection, id: string): void;
}

function createKnownObjects(): KnownObjects {
  const owners = new Map<string, Owner>();
  const toKey = (collection: Collection, id: string): string => `${collection} ${id}`;
  const has: KnownObjects['has'] = (collection, id) => owners.has(toKey(collection, id));
  return {
    has,
    add: (collection, id, owner) => owners.set(toKey(collection, id), owner),
    getOwner: (collection, id) => owners.get(toKey(collection, id)),
    assertParent(collection, parent) {
      const container = collection === 'steps' ? 'runs' : CONTENTS[collection];
      if (typeof parent !== 'string' || !has(container, parent))
        throw new Error(
          'A request read a list before it found the object that the list belongs to.',
        );
    },
    assertKnown(collection, id) {
      if (!has(collection, id))
        throw new Error('A request changed an object that it has not found.');
    },
  };
}

/** Returns a query for the days of a user, whose ids contain the user. Cursors are dates. */
function toUsageQuery({ after, before, ...query }: ListQuery, user: BackendUser): ListQuery {
  return {
    ...query,
    parent: user.id,
    ...(after === undefined ? {} : { after: getUsageId(after, user.id) }),
    ...(before === undefined ? {} : { before: getUsageId(before, user.id) }),
  };
}

/** Returns the owners whose objects a user can read. */
function listReadable(collection: OwnedCollection, user: BackendUser): Owner[] {
  return collection === 'assistants' || user.isAdmin === true ? [user.id, null] : [user.id];
}

/** Checks a change, and makes new objects those of the user. @throws HttpError 403 for a shared assistant */
function toOwnChange(change: Change, user: BackendUser, known: KnownObjects): Change {
  if (change.type === 'putContent' || change.type === 'removeContent') {
    known.assertKnown('files', change.fileId);
    return change;
  }
  const { collection } = change;
  if (isOwned(collection)) {
    const id = change.type === 'put' ? change.object.id : change.id;
    const owner = known.getOwner(collection, id);
    if (change.type === 'put' && owner === undefined) return toNewObject(change, user, known);
    known.assertKnown(collection, id);
    if (owner === null && collection === 'assistants' && user.isAdmin !== true)
      throw sharedAssistant(id);
  } else if (isContent(collection)) {
    if (change.type === 'remove') known.assertKnown(collection, change.id);
    else known.assertKnown(CONTENTS[collection], getContainerId(collection, change.object));
  }
  // The engine writes its own collections together with a run.
  return change;
}

function toNewObject(
  change: Extract<Change, { type: 'put' }>,
  user: BackendUser,
  known: KnownObjects,
): Change {
  const { collection, object } = change;
  const owner = collection === 'assistants' && user.isAdmin === true ? null : user.id;
  known.add(collection, object.id, owner);
  return owner === null ? change : { ...change, parent: owner };
}

/** @throws Error for collections that no request reads. */
function assertContent(collection: Collection): asserts collection is ContentCollection {
  if (!isContent(collection)) throw new Error(`Requests must not read ${collection}.`);
}

/** Returns true for collections whose objects have an owner, which is their parent. */
export function isOwned(collection: Collection): collection is OwnedCollection {
  return OWNED.some((name) => name === collection);
}

function isContent(collection: Collection): collection is ContentCollection {
  return Object.hasOwn(CONTENTS, collection);
}

/** Returns true if the thread, vector store or file of an object was shown. */
function isInKnown(collection: ContentCollection, object: object, known: KnownObjects): boolean {
  return known.has(CONTENTS[collection], getContainerId(collection, object));
}

const CONTAINER_FIELDS = {
  threads: 'thread_id',
  vectorStores: 'vector_store_id',
  files: 'file_id',
} as const;

/** Returns the id of the thread, vector store or file of an object. '' without one, which is the id of none. */
function getContainerId(collection: ContentCollection, object: object): string {
  const id: unknown = Reflect.get(object, CONTAINER_FIELDS[CONTENTS[collection]]);
  return typeof id === 'string' ? id : '';
}
