import { useRef } from 'react';
import type { AssistantFormValues } from '../../components/assistant/toAssistantValues.js';
import { useCreateVectorStoreFileBatch } from '../../hooks/operations/vectorStoreFileBatches.js';
import { useDeleteVectorStoreFile } from '../../hooks/operations/vectorStoreFiles.js';
import { useCreateVectorStore } from '../../hooks/operations/vectorStores.js';
import type { ModifyAssistantRequest } from '../../protocol/types.js';

/** Files that were added for a modification that is not stored yet. */
interface AddedFiles {
  storeId: string;
  fileIds: readonly string[];
}

/** Result of `useSearchedFiles`. */
export interface UseSearchedFilesResult {
  /**
   * Adds the new files of the file search to the vector store of the assistant, or to a new one, and returns the body of
   * modifyAssistant. If the modification fails, the next call adds only what is not in the store yet, and removes what the user has
   * detached since then.
   */
  add: (changes: Partial<AssistantFormValues>) => Promise<ModifyAssistantRequest>;
  /** Call when the modification is stored. */
  confirm: () => void;
}

/** Adds files to the vector store of an assistant, because modifyAssistant does not. */
export function useSearchedFiles(): UseSearchedFilesResult {
  const { mutateAsync: createStore } = useCreateVectorStore();
  const { mutateAsync: createBatch } = useCreateVectorStoreFileBatch();
  const { mutateAsync: removeFile } = useDeleteVectorStoreFile();
  const added = useRef<AddedFiles>(undefined);

  const removeUnwanted = async (wanted: string[]): Promise<void> => {
    if (!added.current) return;
    const { storeId, fileIds } = added.current;
    for (const fileId of fileIds.filter((id) => !wanted.includes(id)))
      await removeFile({ vectorStoreId: storeId, fileId });
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
