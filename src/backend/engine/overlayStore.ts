import type { Message, RunStep } from '../../protocol/types.js';
import type { Collection, Collections, Store } from '../stores/Store.js';

/** What grows while a run is worked on: the content of a message, or the tool calls of a step. */
export type GrowingPart = Pick<Message, 'content'> | Pick<RunStep, 'step_details'>;

/** A store whose unfinished messages and steps read as they are at this moment. */
export interface OverlayStore extends Store {
  /** Shows this part in place of the stored one, from now until `settle`. Not written. */
  grow(id: string, part: GrowingPart): void;
  /** Shows what is stored again. Called once the finished object is written. */
  settle(id: string): void;
}

/**
 * Lays the growing parts of the running answers over a store, so that a poll sees each word at once and no word costs a
 * write. Writing every delta would cost the length of the text each time, so a long answer would cost its square; writing
 * at intervals needs a timer and still shows old text. What is lost when the process dies is the text of a message whose
 * run dies with it.
 *
 * Only the growing part is laid over: metadata that is modified meanwhile, and a deletion, show as they are stored.
 */
export function overlayStore(store: Store): OverlayStore {
  const parts = new Map<string, GrowingPart>();
  const live = <C extends Collection>(object: Collections[C]): Collections[C] => {
    const part = parts.get(object.id);
    return part === undefined ? object : Object.assign({}, object, part);
  };
  return {
    async get(collection, id) {
      const object = await store.get(collection, id);
      return object && live(object);
    },
    async list(collection, query) {
      const page = await store.list(collection, query);
      return parts.size === 0 || page === null
        ? page
        : { ...page, data: page.data.map((object) => live(object)) };
    },
    count: (collection, parent) => store.count(collection, parent),
    async write(changes) {
      await store.write(changes);
      for (const change of changes) if (change.type === 'remove') parts.delete(change.id);
    },
    getContent: (fileId) => store.getContent(fileId),
    close: async () => store.close?.(),
    grow: (id, part) => void parts.set(id, part),
    settle: (id) => void parts.delete(id),
  };
}
