'use client';
import type { ReactElement } from 'react';
import type { AssistantFormValues } from '../../components/assistant/assistantDraft.js';
import {
  AssistantForm,
  type AssistantFormProps,
} from '../../components/assistant/AssistantForm.js';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import {
  useAssistant,
  useCreateAssistant,
  useModifyAssistant,
} from '../../hooks/operations/assistants.js';
import type { Assistant } from '../../protocol/types.js';

/** Props of `AssistantEditor`. */
export interface AssistantEditorProps extends Omit<
  AssistantFormProps,
  'assistant' | 'onSubmit' | 'isSubmitting' | 'error'
> {
  /** Assistant to edit. @default none: the form creates one */
  assistantId?: string | undefined;
  /** Initial values of a new assistant. @default an empty form */
  initial?: AssistantFormProps['assistant'];
  /** Called with the assistant that the server has stored. */
  onSaved?: (assistant: Assistant) => void;
}

/**
 * Form that creates or edits an assistant. It keeps the entered values if the server rejects them. Element: form, an
 * `AssistantForm`. Context: `AssistantsProvider`. Source: getAssistant, createAssistant, modifyAssistant.
 */
export function AssistantEditor({
  assistantId,
  initial,
  onSaved,
  ...props
}: AssistantEditorProps): ReactElement {
  const { data: assistant, error: loadError, refetch } = useAssistant({ assistantId });
  const create = useCreateAssistant();
  const modify = useModifyAssistant();
  if (assistantId !== undefined && !assistant) {
    return loadError ? (
      <ErrorNotice error={loadError} onRetry={() => void refetch()} />
    ) : (
      <Loading />
    );
  }
  const onSubmit = (values: AssistantFormValues): void => {
    const options = { onSuccess: (saved: Assistant) => onSaved?.(saved) };
    if (assistantId === undefined) create.mutate({ body: values }, options);
    else modify.mutate({ assistantId, body: values }, options);
  };
  return (
    <ContentBoundary name="form of the assistant" resetKey={assistant}>
      <AssistantForm
        key={assistantId ?? 'new'}
        assistant={assistant ?? initial}
        onSubmit={onSubmit}
        isSubmitting={create.isPending || modify.isPending}
        error={(assistantId === undefined ? create.error : modify.error)?.message}
        {...props}
      />
    </ContentBoundary>
  );
}
