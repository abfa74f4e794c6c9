import { useCallback, useEffect, useRef, useState } from 'react';
import { toAssistantsError, type AssistantsError } from '../client/AssistantsError.js';

/** Time in which a deletion can be undone. */
const UNDO_MS = 10_000;

/** 'pending' while the deletion can be undone, then 'deleting'. */
export type DeletionState = 'pending' | 'deleting';

/** Result of `useDeferredDeletion`. */
export interface DeferredDeletion {
  /** State of each deletion. An object whose deletion failed or was undone is not in it. */
  deletions: ReadonlyMap<string, DeletionState>;
  /** Deletes an object ten seconds later. */
  deleteLater: (id: string) => void;
  undo: (id: string) => void;
  /** Reason why an object could not be deleted. */
  error: AssistantsError | undefined;
  dismissError: () => void;
}

/**
 * Deletes objects after a delay in which the user can undo it. An object that the server does not have counts as deleted. When
 * the component is removed, pending deletions are made at once. A page that is closed before keeps its objects.
 *
 * @param onDeleted Called with the id of each object that the server no longer has.
 */
export function useDeferredDeletion(
  deleteNow: (id: string) => Promise<unknown>,
  onDeleted?: (id: string) => void,
): DeferredDeletion {
  const [error, setError] = useState<AssistantsError>();
  const [deletions, setDeletions] = useState<ReadonlyMap<string, DeletionState>>(new Map());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const latest = useRef({ deleteNow, onDeleted });
  useEffect(() => {
    latest.current = { deleteNow, onDeleted };
  });

  const setState = useCallback(
    (id: string, state: DeletionState) => setDeletions((before) => new Map(before).set(id, state)),
    [],
  );
  const undo = useCallback((id: string) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setDeletions((before) => new Map([...before].filter(([other]) => other !== id)));
  }, []);
  const commit = useCallback(
    (id: string) => {
      timers.current.delete(id);
      setState(id, 'deleting');
      latest.current.deleteNow(id).then(
        () => latest.current.onDeleted?.(id),
        (thrown: unknown) => {
          const reason = toAssistantsError(thrown);
          if (reason.status === 404) {
            latest.current.onDeleted?.(id);
            return;
          }
          setError(reason);
          undo(id);
        },
      );
    },
    [setState, undo],
  );
  const deleteLater = useCallback(
    (id: string) => {
      clearTimeout(timers.current.get(id));
      setError(undefined);
      setState(id, 'pending');
      timers.current.set(
        id,
        setTimeout(() => commit(id), UNDO_MS),
      );
    },
    [setState, commit],
  );
  useEffect(() => {
    const pending = timers.current;
    return () => {
      for (const [id, timer] of pending) {
        clearTimeout(timer);
        commit(id);
      }
    };
  }, [commit]);
  return { deletions, deleteLater, undo, error, dismissError: () => setError(undefined) };
}
