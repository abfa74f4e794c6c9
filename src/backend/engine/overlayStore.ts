import type { Message, RunStepReasoning } from '../../protocol/types.js';
import type { Collection, Collections, Store } from '../stores/Store.js';

/** The growing part of an object: the content and reasoning of a message, or the tool calls and other fields of a step. */
export type GrowingPart = Partial<
  Pick<Message, 'content'> & Pick<Collections['steps'], 'step_details' | 'provider'>
> & { reasoning?: NonNullable<Message['reasoning']> | RunStepReasoning };

/** A store that shows the current state of unfinished messages and steps. */
export interface OverlayStore extends Store {
  /** Shows these fields in place of the stored ones until `settle`. Does not write them. */
  grow(id: string, part: GrowingPart): void;
  /** Shows the stored object again. Call it after the finished object is written. */
  settle(id: string): void;
}

/**
 * Wraps a store with the growing parts of active runs, so that polling sees each token at once and no token costs a write.
 * Writing every delta would take quadratic time, and writing at intervals would show old text. If the process dies, the text
 * of unfinished messages is lost, and their runs fail.
 *
 * Only the growing part is overlaid. Modified metadata and deletions are visible as stored.
 *
 * @param onRunRemoved Called with the id of each run that was removed, for example with its thread.
 * @param onFilesAdded Called with the id of each vector store that was stored with files that were not read yet.
 */
export function overlayStore(
  store: Store,
  onRunRemoved: (runId: string) => void = () => {},
  onFilesAdded: (vectorStoreId: string) => void = () => {},
): OverlayStore {
  const parts = new Map<string, GrowingPart>();
  const withPart = <C extends Collection>(object: Collections[C]): Collections[C] => {
    const part = parts.get(object.id);
    if (part === undefined) return object;
    if ('status' in object && object.status !== 'in_progress') {
      // Another process has taken the run over, and has written the end of the object.
      parts.delete(object.id);
      return object;
    }
    return Object.assign({}, object, part);
  };
  return {
    async get(collection, id) {
      const object = await store.get(collection, id);
      return object && withPart(object);
    },
    getParent: (collection, id) => store.getParent(collection, id),
    async list(collection, query) {
      const page = await store.list(collection, query);
      return parts.size === 0 || page === null
        ? page
        : { ...page, data: page.data.map((object) => withPart(object)) };
    },
    count: (...list) => store.count(...list),
    async write(changes) {
      await store.write(changes);
      for (const change of changes) {
        if (change.type === 'put' && change.collection === 'vectorStores') {
          const { id, file_counts: counts } = change.object;
          if (counts.in_progress > 0) onFilesAdded(id);
        }
        if (change.type !== 'remove') continue;
        parts.delete(change.id);
        if (change.collection === 'runs') onRunRemoved(change.id);
      }
    },
    getContent: (fileId) => store.getContent(fileId),
    close: async () => store.close?.(),
    grow(id, part) {
      parts.set(id, { ...parts.get(id), ...part });
    },
    settle(id) {
      parts.delete(id);
    },
  };
}
