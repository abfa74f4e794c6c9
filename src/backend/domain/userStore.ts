import type { Change, Collection, Collections, ListQuery, Store } from '../stores/Store.js';
import { sharedAssistant } from './errors.js';
import type { BackendUser } from './BackendUser.js';

/** Collections whose objects have an owner, which is their parent. */
const OWNED = ['assistants', 'threads', 'files', 'vectorStores'] as const;
/** Collections of objects that belong to a thread. */
const CONTENTS = ['messages', 'runs', 'steps'] as const;

type OwnedCollection = (typeof OWNED)[number];
type ContentCollection = (typeof CONTENTS)[number];

/** Owner of an object. Null for objects that are shared, or older than the ownership. */
type Owner = string | null;

/**
 * Creates a view of a store for one request of a user. It shows and changes the objects of the user only, so that code that forgets
 * a check finds nothing: the object of another user looks like a missing one. Without an owner, assistants are shared, and other
 * objects belong to the admins.
 *
 * Messages, runs and steps are visible once their thread was found through the same view. That needs no query, so an id in another
 * thread takes the time of a missing one.
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

  return {
    async get<C extends Collection>(collection: C, id: string) {
      if (isOwned(collection)) return getOwned(collection, id);
      assertContent(collection);
      const object = await store.get(collection, id);
      if (object === undefined || !known.has('threads', getThreadId(object))) return undefined;
      known.add(collection, id, null);
      return object;
    },

    async list<C extends Collection>(collection: C, query: ListQuery) {
      if (isOwned(collection))
        return store.list(collection, { ...query, parent: listReadable(collection, user) });
      assertContent(collection);
      known.assertParent(collection, query.parent);
      const page = await store.list(collection, query);
      for (const { id } of page?.data ?? []) known.add(collection, id, null);
      return page;
    },

    async count(collection, parent) {
      known.assertParent(collection, parent);
      return store.count(collection, parent);
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

/** Objects that the view has shown, and new ones, with their owners. Contents of threads have null. */
interface KnownObjects {
  add(collection: Collection, id: string, owner: Owner): void;
  has(collection: Collection, id: string): boolean;
  getOwner(collection: Collection, id: string): Owner | undefined;
  /** @throws Error unless the parent of a list was shown. */
  assertParent(collection: Collection, parent: ListQuery['parent']): void;
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
      const isKnown =
        typeof parent === 'string' && has(collection === 'steps' ? 'runs' : 'threads', parent);
      if (!isKnown)
        throw new Error('A request read a list before it found the thread or run of the list.');
    },
    assertKnown(collection, id) {
      if (!has(collection, id))
        throw new Error('A request changed an object that it has not found.');
    },
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
    else known.assertKnown('threads', getThreadId(change.object));
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

function isOwned(collection: Collection): collection is OwnedCollection {
  return OWNED.some((name) => name === collection);
}

function isContent(collection: Collection): collection is ContentCollection {
  return CONTENTS.some((name) => name === collection);
}

/** Returns '' for objects without a thread, which is the id of none. */
function getThreadId(object: object): string {
  return 'thread_id' in object && typeof object.thread_id === 'string' ? object.thread_id : '';
}
