/** Kind of object that belongs to one user. Messages, runs and steps belong to their thread. */
export type OwnedType = 'thread' | 'file' | 'vector_store' | 'assistant';

/** Object of the API that belongs to one user. */
export interface OwnedObject {
  type: OwnedType;
  id: string;
}

/** Query for a page of the objects of a user. */
export interface OwnedListQuery {
  type: OwnedType;
  /** Order of the first claims: `asc` is oldest first. */
  order: 'asc' | 'desc';
  /** Maximum number of ids, at least 1. */
  limit: number;
  /** Returns only ids that follow this one in the order. The user owns it. */
  after?: string;
}

/**
 * Remembers which user has created which object. Implement it over any storage, or use `memoryOwnership` or `sqlOwnership`.
 * If a method throws or rejects, the request gets a 500 and nothing is sent to the caller.
 */
export interface Ownership {
  /**
   * Records the owner of a new object, before its id is sent to the caller. Must keep the first owner, also in concurrent calls.
   * Returns true if the object now belongs to the user, and false if it belongs to another user.
   */
  claim: (user: string, object: OwnedObject) => boolean | Promise<boolean>;
  /** Returns true if the object belongs to the user. Only `true` grants access. */
  owns: (user: string, object: OwnedObject) => boolean | Promise<boolean>;
  /**
   * Lists ids of objects of a user. Needed by `listThreads` only. Without it, the proxy refuses this operation, because the
   * list of the server has the threads of all users.
   */
  list?: (user: string, query: OwnedListQuery) => readonly string[] | Promise<readonly string[]>;
}
