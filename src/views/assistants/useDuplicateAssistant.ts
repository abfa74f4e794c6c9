import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { useCreateAssistant } from '../../hooks/operations/assistants.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import type { AssistantsError } from '../../client/AssistantsError.js';
import type { Assistant } from '../../protocol/types.js';
import { copyAssistant } from './copyAssistant.js';

/** Result of `useDuplicateAssistant`. */
export interface UseDuplicateAssistantResult {
  /** Reason why the last copy could not be made. */
  error: AssistantsError | null;
  dismissError: () => void;
  start: (assistant: Assistant) => void;
}

/** Makes copies of assistants, one at a time. */
export function useDuplicateAssistant(
  onDuplicate: ((copy: Assistant) => void) | undefined,
): UseDuplicateAssistantResult {
  const texts = useCompleteTexts();
  const { apiVersion } = useAssistantsClient();
  const { mutate: create, isPending, error, reset } = useCreateAssistant();
  return {
    error,
    dismissError: reset,
    start(assistant) {
      if (isPending) return;
      // Leaves room for the addition within the limit of the API.
      const original = assistant.name?.trim() || texts.assistant.unnamed;
      const name = Array.from(original).slice(0, 240).join('');
      const body = copyAssistant(assistant, texts.assistant.copyName(name), apiVersion);
      create({ body }, { onSuccess: (copy) => onDuplicate?.(copy) });
    },
  };
}
