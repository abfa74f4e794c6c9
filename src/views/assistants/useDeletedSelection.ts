import { useState } from 'react';

interface DeletedSelection {
  id: string;
  /** Assistant that the app has selected in its place. Not set until the app selects another one. */
  replacement?: { id: string | undefined };
}

/** Result of `useDeletedSelection`. */
export interface DeletedSelectionTracker {
  /** Call it when an assistant is deleted. */
  handleDelete: (id: string) => void;
  /** Call it when the user selects an assistant. */
  clear: () => void;
  /** True if an assistant was selected when it was deleted, and nothing but its replacement was selected since. */
  isDeletedSelection: (id: string) => boolean;
}

/** Remembers which assistant was selected when it was deleted, so that it can be selected again if the deletion is undone. */
export function useDeletedSelection(selectedId: string | undefined): DeletedSelectionTracker {
  const [deleted, setDeleted] = useState<DeletedSelection>();
  if (deleted && !deleted.replacement && selectedId !== deleted.id)
    setDeleted({ id: deleted.id, replacement: { id: selectedId } });
  else if (deleted?.replacement && selectedId !== deleted.replacement.id) setDeleted(undefined);
  return {
    handleDelete: (id) => {
      if (id === selectedId) setDeleted({ id });
    },
    clear: () => setDeleted(undefined),
    isDeletedSelection: (id) => deleted?.id === id && selectedId !== id,
  };
}
