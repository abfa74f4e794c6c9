'use client';
import type { ReactElement } from 'react';
import {
  AssistantForm,
  type AssistantFormProps,
  type AssistantFormValues,
} from '../../components/assistant/AssistantForm.js';
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
  /** The one to change; without it a new one is made. */
  assistantId?: string | undefined;
  /** What a new one begins with. @default an empty form */
  initial?: AssistantFormProps['assistant'];
  /** Receives the assistant as the server has stored it. */
  onSaved?: (assistant: Assistant) => void;
}

/**
 * Makes an assistant, or changes one. What was entered stays when the server refuses it. Element: form, an `AssistantForm`.
 * Source: getAssistant, createAssistant, modifyAssistant.
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
  const onSubmit = (values: AssistantFormValues) => {
    const done = { onSuccess: (saved: Assistant) => onSaved?.(saved) };
    if (assistantId === undefined) create.mutate({ body: values }, done);
    else modify.mutate({ assistantId, body: values }, done);
  };
  return (
    <AssistantForm
      key={assistantId ?? 'new'}
      assistant={assistant ?? initial}
      onSubmit={onSubmit}
      isSubmitting={create.isPending || modify.isPending}
      error={(assistantId === undefined ? create.error : modify.error)?.message}
      {...props}
    />
  );
}
