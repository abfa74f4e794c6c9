'use client';
import { useRef, useState, type ReactElement } from 'react';
import type { AssistantsError } from '../../client/AssistantsError.js';
import {
  ASSISTANT_FIELDS,
  type AssistantFieldName,
} from '../../components/assistant/draft/AssistantDraft.js';
import { AssistantFields } from '../../components/assistant/fields/AssistantFields.js';
import {
  AssistantForm,
  type AssistantFormProps,
} from '../../components/assistant/form/AssistantForm.js';
import type { AssistantFormValues } from '../../components/assistant/draft/toAssistantValues.js';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { useAssistant } from '../../hooks/operations/assistants.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { useStoredDraft } from '../../hooks/useStoredDraft.js';
import type { Assistant } from '../../protocol/types.js';
import { AssistantFiles } from './AssistantFiles.js';
import { useSaveAssistant } from './useSaveAssistant.js';

/** Props of `AssistantEditor`. */
export interface AssistantEditorProps extends Omit<
  AssistantFormProps,
  | 'assistant'
  | 'onSubmit'
  | 'onSubmitted'
  | 'getLatest'
  | 'isSubmitting'
  | 'error'
  | 'errorField'
  | 'apiVersion'
  | 'draft'
  | 'onDraftChange'
> {
  /** Assistant to edit. @default none: the form creates one */
  assistantId?: string | undefined;
  /** Initial values of a new assistant. @default an empty form */
  initial?: AssistantFormProps['assistant'];
  /** Called with the assistant that the server has stored. */
  onSaved?: (assistant: Assistant) => void;
}

/** The editor once its code is loaded. */
export function LoadedAssistantEditor({
  assistantId,
  initial,
  onSaved,
  children = <AssistantFields files={<AssistantFiles />} />,
  ...props
}: AssistantEditorProps): ReactElement {
  const { scope, apiVersion } = useAssistantsClient();
  const { data: assistant, error: loadError, refetch } = useAssistant({ assistantId });
  const [owner] = useState(() => ({}));
  const [draft, setDraft] = useStoredDraft(`assistant:${assistantId ?? 'new'}:${scope}`, owner);
  const { save, isSaving, error } = useSaveAssistant(assistantId);
  const saved = useRef<Assistant>(undefined);
  if (assistantId !== undefined && !assistant) {
    return loadError ? (
      <ErrorNotice error={loadError} onRetry={() => void refetch()} />
    ) : (
      <Loading />
    );
  }
  const onSubmit = async (
    values: AssistantFormValues,
    changes: Partial<AssistantFormValues>,
  ): Promise<boolean> => {
    saved.current = await save(values, changes, assistant);
    return saved.current !== undefined;
  };
  return (
    <ContentBoundary name="form of the assistant" resetKey={assistant}>
      <AssistantForm
        assistant={assistant ?? initial}
        onSubmit={onSubmit}
        onSubmitted={() => saved.current && onSaved?.(saved.current)}
        getLatest={assistantId === undefined ? undefined : async () => (await refetch()).data}
        isSubmitting={isSaving}
        error={error?.message}
        errorField={getErrorField(error)}
        apiVersion={apiVersion === 'v1' ? 'v1' : 'v2'}
        draft={draft}
        onDraftChange={setDraft}
        {...props}
      >
        {children}
      </AssistantForm>
    </ContentBoundary>
  );
}

/** Returns the field that the server has rejected, if it is one that shows errors at its own control. */
function getErrorField(error: AssistantsError | undefined): AssistantFieldName | undefined {
  const [name] = error?.param?.match(/^\w+/) ?? [];
  return ASSISTANT_FIELDS.find((field) => field === name);
}
