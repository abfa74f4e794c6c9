import { useState } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import type { AssistantFormValues } from '../../components/assistant/draft/toAssistantValues.js';
import { useCreateAssistant, useModifyAssistant } from '../../hooks/operations/assistants.js';
import type { Assistant } from '../../protocol/types.js';
import { getStoreId, useSearchedFiles } from './useSearchedFiles.js';

/** Contents of a form, see `onSubmit` of `AssistantForm`. */
interface Submission {
  values: AssistantFormValues;
  changes: Partial<AssistantFormValues>;
  removedFileIds: readonly string[];
}

/** Result of `useSaveAssistant`. */
export interface UseSaveAssistantResult {
  /** Stores the contents of a form. Resolves with undefined if that fails, see `error`. */
  save: (submission: Submission, current: Assistant | undefined) => Promise<Assistant | undefined>;
  isSaving: boolean;
  /** Reason why the last attempt has failed. */
  error: AssistantsError | undefined;
}

/** Creates an assistant from the values of a form, or modifies one with its changes. */
export function useSaveAssistant(assistantId: string | undefined): UseSaveAssistantResult {
  const create = useCreateAssistant();
  const modify = useModifyAssistant();
  const searchedFiles = useSearchedFiles();
  const [error, setError] = useState<AssistantsError>();
  return {
    isSaving: create.isPending || modify.isPending,
    error,
    async save({ values, changes, removedFileIds }, current) {
      setError(undefined);
      try {
        if (assistantId === undefined) {
          const storeId = getStoreId(values);
          // createAssistant makes a vector store with the files, unless there is one.
          const added = storeId === undefined ? undefined : await searchedFiles.add(values);
          await searchedFiles.remove(storeId, removedFileIds);
          const created = await create.mutateAsync({ body: { ...values, ...added } });
          searchedFiles.confirm();
          return created;
        }
        const body = await searchedFiles.add(changes);
        // Nothing differs from the server.
        const isStored = current && Object.keys(body).length === 0;
        const saved = isStored ? current : await modify.mutateAsync({ assistantId, body });
        searchedFiles.confirm();
        await searchedFiles.remove(getStoreId(saved), removedFileIds);
        return saved;
      } catch (reason) {
        setError(toAssistantsError(reason));
        return undefined;
      }
    },
  };
}
