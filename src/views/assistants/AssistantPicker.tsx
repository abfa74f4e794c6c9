'use client';
import type { ReactElement } from 'react';
import type { AssistantChoices } from '../../components/assistant/picker/AssistantChoices.js';
import {
  AssistantCombobox,
  type AssistantComboboxProps,
} from '../../components/assistant/picker/AssistantCombobox.js';
import { useAssistant, useAssistants } from '../../hooks/operations/assistants.js';

/** Props of `AssistantPicker`. */
export interface AssistantPickerProps extends Omit<AssistantComboboxProps, keyof AssistantChoices> {
  /** Chosen assistant. @default none */
  assistantId?: string | undefined;
}

/**
 * Button that shows the chosen assistant and opens a list of all assistants, newest first. Typing finds them by name,
 * description and model, also in pages that are not loaded yet.
 *
 * Element: button, an `AssistantCombobox`. Context: `AssistantsProvider`. Source: listAssistants, getAssistant.
 *
 * @example
 * ```tsx
 * import { useState } from 'react';
 * import { AssistantPicker, ThreadView } from 'assistants-react';
 *
 * export function Chat() {
 *   const [assistantId, setAssistantId] = useState<string>();
 *   return (
 *     <>
 *       <AssistantPicker assistantId={assistantId} onSelect={({ id }) => setAssistantId(id)} />
 *       {assistantId !== undefined && <ThreadView assistantId={assistantId} />}
 *     </>
 *   );
 * }
 * ```
 */
export function AssistantPicker({ assistantId, ...props }: AssistantPickerProps): ReactElement {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useAssistants();
  const listed = data?.find(({ id }) => id === assistantId);
  const isUnlisted = listed === undefined && (data !== undefined || error !== null);
  const { data: unlisted } = useAssistant({ assistantId: isUnlisted ? assistantId : undefined });
  return (
    <AssistantCombobox
      assistants={data}
      selected={listed ?? unlisted}
      error={error}
      onRetry={() => void (data ? fetchNextPage() : refetch())}
      hasMore={hasNextPage}
      isLoadingMore={isFetchingNextPage}
      onLoadMore={() => void fetchNextPage()}
      {...props}
    />
  );
}
