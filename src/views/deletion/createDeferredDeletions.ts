import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import { createStore } from '../../common/createStore.js';

/** Time in which a deletion can be undone. */
const UNDO_MS = 10_000;

/** 'pending' while the deletion can be undone, then 'deleting'. */
export type DeletionState = 'pending' | 'deleting';

/** State of the deletions of one kind of object. */
export interface DeletionsState {
  /** State of each deletion. An object whose deletion failed or was undone is not in it. */
  deletions: ReadonlyMap<string, DeletionState>;
  /** Reason why an object could not be deleted. */
  error: AssistantsError | undefined;
}

/** Deletes objects, and reports each that the server no longer has. */
export interface DeletionActions {
  deleteNow: (id: string) => Promise<unknown>;
  onDeleted?: ((id: string) => void) | undefined;
}

/** Deletions that can be undone, shared by the components that show them. */
export interface DeferredDeletions {
  getState: () => DeletionsState;
  subscribe: (listener: () => void) => () => void;
  /**
   * Call when a component mounts. Returns a function for unmount: when no component is left, pending deletions are made
   * at once.
   */
  retain: (getActions: () => DeletionActions) => () => void;
  /** Deletes an object ten seconds later. */
  deleteLater: (id: string) => void;
  undo: (id: string) => void;
  dismissError: () => void;
}

/**
 * Creates deletions that are made after a delay in which the user can undo them. An object that the server does not have counts
 * as deleted. A page that is closed before keeps its objects.
 */
export function createDeferredDeletions(): DeferredDeletions {
  const { getState, setState, subscribe } = createStore<DeletionsState>({
    deletions: new Map(),
    error: undefined,
  });
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const users: (() => DeletionActions)[] = [];

  const setDeletion = (id: string, state: DeletionState): void =>
    setState({ ...getState(), deletions: new Map(getState().deletions).set(id, state) });
  const undo = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    const deletions = new Map(getState().deletions);
    if (deletions.delete(id)) setState({ ...getState(), deletions });
  };
  const commit = async (id: string, { deleteNow, onDeleted }: DeletionActions): Promise<void> => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    setDeletion(id, 'deleting');
    try {
      await deleteNow(id);
    } catch (thrown) {
      const error = toAssistantsError(thrown);
      if (error.status !== 404) {
        undo(id);
        setState({ ...getState(), error });
        return;
      }
    }
    onDeleted?.(id);
  };

  return {
    getState,
    subscribe,
    retain(getActions) {
      users.push(getActions);
      return () => {
        users.splice(users.indexOf(getActions), 1);
        if (users.length === 0) for (const id of timers.keys()) void commit(id, getActions());
      };
    },
    deleteLater(id) {
      clearTimeout(timers.get(id));
      setDeletion(id, 'pending');
      setState({ ...getState(), error: undefined });
      const run = (): void => {
        const actions = users.at(-1)?.();
        if (actions) void commit(id, actions);
      };
      timers.set(id, setTimeout(run, UNDO_MS));
    },
    undo,
    dismissError: () => setState({ ...getState(), error: undefined }),
  };
}
