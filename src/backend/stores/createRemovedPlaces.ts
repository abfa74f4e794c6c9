import { setBounded } from '../../common/setBounded.js';
import type { Collection } from './Store.js';

/** Place of an object in its list. */
export interface Place {
  sequence: number;
  /** Null for an object without a parent. */
  parent: string | null;
}

/** An object that a batch has removed. */
export interface RemovedObject extends Place {
  collection: Collection;
  id: string;
}

/** Places of objects that this process has removed lately. */
export interface RemovedPlaces {
  add(removed: readonly RemovedObject[]): void;
  get(collection: Collection, id: string): Place | undefined;
  /** Returns the highest sequence of the removed objects; 0 without any. New objects must come after it. */
  getLastSequence(collection: Collection): number;
}

/**
 * Objects that clients remove one by one. Messages are not among them: a page that continues from its newest message learns from
 * the error that the message was deleted.
 */
const COLLECTIONS: ReadonlySet<Collection> = new Set([
  'assistants',
  'threads',
  'files',
  'vectorStores',
  'vectorStoreFiles',
]);
/** Largest page, and some more. */
const MAX_PLACES = 1_000;

/**
 * Creates the memory for removed objects, which can still be cursors: a client that removes each object of a page asks for the
 * objects after the last one then.
 */
export function createRemovedPlaces(): RemovedPlaces {
  const places = new Map<Collection, Map<string, Place>>();
  const lastSequences = new Map<Collection, number>();
  const getLastSequence = (collection: Collection) => lastSequences.get(collection) ?? 0;
  return {
    add(removed) {
      for (const { collection, id, sequence, parent } of removed) {
        if (!COLLECTIONS.has(collection)) continue;
        const known = places.get(collection) ?? new Map<string, Place>();
        places.set(collection, known);
        setBounded(known, id, { sequence, parent }, MAX_PLACES);
        lastSequences.set(collection, Math.max(getLastSequence(collection), sequence));
      }
    },
    get: (collection, id) => places.get(collection)?.get(id),
    getLastSequence,
  };
}

/**
 * Returns the sequence of a cursor, undefined without one, and null if it is not in a list of these parents.
 *
 * @param parents Undefined for all objects.
 */
export function findCursor(
  id: string | undefined,
  parents: readonly (string | null)[] | undefined,
  getPlace: (id: string) => Place | undefined,
): number | null | undefined {
  if (id === undefined) return undefined;
  const place = getPlace(id);
  if (place === undefined || parents?.includes(place.parent) === false) return null;
  return place.sequence;
}
