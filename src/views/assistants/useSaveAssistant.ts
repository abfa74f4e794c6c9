import { useState } from 'react';
import { toAssistantsError, type AssistantsError } from '../../client/AssistantsError.js';
import type { AssistantFormValues } from '../../components/assistant/draft/toAssistantValues.js';
import { useCreateAssistant, useModifyAssistant } from '../../hooks/operations/assistants.js';
import type { Assistant } from '../../protocol/types.js';
import { useSearchedFiles } from './useSearchedFiles.js';

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
  const searchedFiles = useSearchedFiles();
  const [error, setError] = useState<AssistantsError>();
  return {
    isSaving: create.isPending || modify.isPending,
    error,
    async save(values, changes, current) {
      setError(undefined);
      try {
        if (assistantId === undefined) return await create.mutateAsync({ body: values });
        const body = await searchedFiles.add(changes);
        // Nothing differs from the server.
        if (current && Object.keys(body).length === 0) return current;
        const saved = await modify.mutateAsync({ assistantId, body });
        searchedFiles.confirm();
        return saved;
      } catch (reason) {
        setError(toAssistantsError(reason));
        return undefined;
      }
    },
  };
}
