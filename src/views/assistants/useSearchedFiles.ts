import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { toAssistantsError } from '../../client/AssistantsError.js';
import type { AssistantFormValues } from '../../components/assistant/draft/toAssistantValues.js';
import { useCreateVectorStoreFileBatch } from '../../hooks/operations/vectorStoreFileBatches.js';
import { useDeleteVectorStoreFile } from '../../hooks/operations/vectorStoreFiles.js';
import { useCreateVectorStore } from '../../hooks/operations/vectorStores.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import type { ModifyAssistantRequest } from '../../protocol/types.js';
import * as keys from '../../queries/keys.js';

/** Files that were added for a modification that is not stored yet. */
interface AddedFiles {
  storeId: string;
  fileIds: readonly string[];
}

/** Result of `useSearchedFiles`. */
export interface UseSearchedFilesResult {
  /**
   * Adds the new files of the file search to the vector store of the assistant, or to a new one,
   * and returns the body of modifyAssistant. If the modification fails, the next call adds only
   * what is not in the store yet, and removes what the user has detached since then.
   */
  add: (changes: Partial<AssistantFormValues>) => Promise<ModifyAssistantRequest>;
  /** Call when the modification is stored. */
  confirm: () => void;
  /**
   * Removes files from the vector store of the assistant. A file that is not in it counts as
   * removed.
   */
  remove: (storeId: string | undefined, fileIds: readonly string[]) => Promise<void>;
}

/**
 * Adds files to the vector store of an assistant and removes them, because modifyAssistant does
 * not.
 */
export function useSearchedFiles(): UseSearchedFilesResult {
  const { mutateAsync: createStore } = useCreateVectorStore();
  const { mutateAsync: createBatch } = useCreateVectorStoreFileBatch();
  const remove = useRemoveFiles();
  const added = useRef<AddedFiles>(undefined);

  const removeUnwanted = async (wanted: string[]): Promise<void> => {
    if (!added.current) return;
    const { storeId, fileIds } = added.current;
    await remove(
      storeId,
      fileIds.filter((id) => !wanted.includes(id)),
    );
    added.current = { storeId, fileIds: fileIds.filter((id) => wanted.includes(id)) };
  };
  const addFiles = async (current: string | undefined, wanted: string[]): Promise<string> => {
    const storeId = current ?? added.current?.storeId;
    const known = added.current?.storeId === storeId ? (added.current?.fileIds ?? []) : [];
    const missing = wanted.filter((id) => !known.includes(id));
    if (storeId === undefined) {
      const { id } = await createStore({ body: { file_ids: missing } });
      added.current = { storeId: id, fileIds: missing };
      return id;
    }
    if (missing.length > 0) {
      await createBatch({ vectorStoreId: storeId, body: { file_ids: missing } });
      added.current = { storeId, fileIds: [...known, ...missing] };
    }
    return storeId;
  };
  return {
    remove,
    async add({ tool_resources: resources, ...body }) {
      const { vector_stores: stores = [], ...fileSearch } = resources?.file_search ?? {};
      const fileIds = stores.flatMap(({ file_ids: ids = [] }) => ids);
      await removeUnwanted(fileIds);
      if (!resources) return body;
      if (fileIds.length === 0) return { ...body, tool_resources: resources };
      const [current] = fileSearch.vector_store_ids ?? [];
      const storeId = await addFiles(current, fileIds);
      return {
        ...body,
        tool_resources: { ...resources, file_search: { vector_store_ids: [storeId] } },
      };
    },
    confirm() {
      added.current = undefined;
    },
  };
}

function useRemoveFiles(): UseSearchedFilesResult['remove'] {
  const queryClient = useQueryClient();
  const { scope } = useAssistantsClient();
  const { mutateAsync: removeFile } = useDeleteVectorStoreFile();
  return async (storeId, fileIds) => {
    if (storeId === undefined) return;
    for (const fileId of fileIds)
      try {
        await removeFile({ vectorStoreId: storeId, fileId });
      } catch (reason) {
        if (toAssistantsError(reason).status !== 404) throw reason;
        const queryKey = keys.vectorStoreFileLists(scope, storeId);
        await queryClient.invalidateQueries({ queryKey });
      }
  };
}

/** Returns the vector store with the files of an assistant, or of the values of a form. */
export function getStoreId(
  assistant: Pick<AssistantFormValues, 'tool_resources'> | undefined,
): string | undefined {
  return assistant?.tool_resources?.file_search?.vector_store_ids?.[0];
}
