import { useState } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import type { AssistantFormValues } from '../../components/assistant/draft/toAssistantValues.js';
import { useCreateAssistant, useModifyAssistant } from '../../hooks/operations/assistants.js';
import { useCreateVectorStoreFileBatch } from '../../hooks/operations/vectorStoreFileBatches.js';
import { useCreateVectorStore } from '../../hooks/operations/vectorStores.js';
import type { Assistant, ModifyAssistantRequest } from '../../protocol/types.js';

/** Result of `useSaveAssistant`. */
export interface UseSaveAssistantResult {
  /** Stores the values of a form. Resolves with undefined if that fails, see `error`. */
  save: (
    values: AssistantFormValues,
    changes: Partial<AssistantFormValues>,
    current: Assistant | undefined,
  ) => Promise<Assistant | undefined>;
  isSaving: boolean;
  /** Reason why the last attempt has failed. */
  error: AssistantsError | undefined;
}

/** Creates an assistant from the values of a form, or modifies one with its changes. */
export function useSaveAssistant(assistantId: string | undefined): UseSaveAssistantResult {
  const create = useCreateAssistant();
  const modify = useModifyAssistant();
  const addFiles = useAddSearchedFiles();
  const [error, setError] = useState<AssistantsError>();
  return {
    isSaving: create.isPending || modify.isPending,
    error,
    async save(values, changes, current) {
      setError(undefined);
      try {
        if (assistantId === undefined) return await create.mutateAsync({ body: values });
        const body = await addFiles(changes);
        // Nothing differs from the server.
        if (current && Object.keys(body).length === 0) return current;
        return await modify.mutateAsync({ assistantId, body });
      } catch (reason) {
        setError(toAssistantsError(reason));
        return undefined;
      }
    },
  };
}

/** Returns a function that adds the new files of the file search to a vector store, because modifyAssistant does not. */
function useAddSearchedFiles(): (
  changes: Partial<AssistantFormValues>,
) => Promise<ModifyAssistantRequest> {
  const { mutateAsync: createStore } = useCreateVectorStore();
  const { mutateAsync: createBatch } = useCreateVectorStoreFileBatch();
  return async ({ tool_resources: resources, ...body }) => {
    if (!resources) return body;
    const { vector_stores: stores = [], ...fileSearch } = resources.file_search ?? {};
    const fileIds = stores.flatMap(({ file_ids: ids = [] }) => ids);
    if (fileIds.length === 0) return { ...body, tool_resources: resources };
    const [current] = fileSearch.vector_store_ids ?? [];
    const files = { file_ids: fileIds };
    let storeId = current;
    if (storeId === undefined) storeId = (await createStore({ body: files })).id;
    else await createBatch({ vectorStoreId: storeId, body: files });
    return {
      ...body,
      tool_resources: { ...resources, file_search: { vector_store_ids: [storeId] } },
    };
  };
}
