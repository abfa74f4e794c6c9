import { useDeleteThread } from '../../hooks/operations/threads.js';
import {
  useDeferredDeletion,
  type UseDeferredDeletionResult,
} from '../deletion/useDeferredDeletion.js';

/** Deletes threads on the server and in the list, ten seconds after the user has asked for it. Source: deleteThread. */
export function useThreadDeletion(forget: (threadId: string) => void): UseDeferredDeletionResult {
  const { mutateAsync } = useDeleteThread();
  return useDeferredDeletion('threads', {
    deleteNow: (threadId) => mutateAsync({ threadId }),
    onDeleted: forget,
  });
}
