'use client';
import { useMemo, useRef, useState, type ReactElement } from 'react';
import type { AssistantsError } from '../../client/AssistantsError.js';
import { ASSISTANT_FIELDS } from '../../components/assistant/draft/AssistantDraft.js';
import { AssistantFields } from '../../components/assistant/fields/AssistantFields.js';
import {
  AssistantForm,
  type AssistantFormProps,
} from '../../components/assistant/form/AssistantForm.js';
import type { AssistantFormValues } from '../../components/assistant/draft/toAssistantValues.js';
import { Button } from '../../components/Button.js';
import { ContentBoundary } from '../../components/ContentBoundary.js';
import { ErrorNotice } from '../../components/feedback/ErrorNotice.js';
import { Loading } from '../../components/feedback/Loading.js';
import { useCompleteTexts } from '../../components/i18n/useTexts.lazy.js';
import { asPart } from '../../components/part.js';
import { useAssistant } from '../../hooks/operations/assistants.js';
import { useAssistantsClient } from '../../hooks/useAssistantsClient.js';
import { useStoredDraft } from '../../hooks/useStoredDraft.js';
import type { Assistant } from '../../protocol/types.js';
import { AssistantFiles } from './AssistantFiles.js';
import { useDuplicateAssistant } from './useDuplicateAssistant.js';
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
  /**
   * Adds a button that makes a copy of the assistant, while nothing is unsaved. Called with the
   * copy once the server has stored it.
   */
  onDuplicate?: ((copy: Assistant) => void) | undefined;
}

/** The editor once its code is loaded. */
export function LoadedAssistantEditor({
  assistantId,
  initial,
  onSaved,
  onDuplicate,
  actions,
  children = <AssistantFields files={<AssistantFiles />} />,
  ...props
}: AssistantEditorProps): ReactElement {
  const { scope, apiVersion } = useAssistantsClient();
  const { assistant: texts } = useCompleteTexts();
  const edited = useEditedAssistant(assistantId, initial);
  const { id, stored, isGone } = edited;
  const [owner] = useState(() => ({}));
  const [draft, setDraft] = useStoredDraft(`assistant:${id ?? 'new'}:${scope}`, owner);
  const { save, isSaving, error } = useSaveAssistant(isGone ? undefined : id);
  const saved = useRef<Assistant>(undefined);
  const isRestored = isGone && draft !== '';
  if (id !== undefined && !stored && !isRestored) return <Unavailable edited={edited} />;
  const onSubmit = async (
    values: AssistantFormValues,
    changes: Partial<AssistantFormValues>,
    removedFileIds: readonly string[],
  ): Promise<boolean> => {
    saved.current = undefined;
    // The form must say first that it would create an assistant.
    if (!isGone && edited.wasGone()) return false;
    saved.current = await save({ values, changes, removedFileIds }, stored);
    return saved.current !== undefined;
  };
  const onSubmitted = (): void => {
    if (!saved.current) return;
    if (isGone) edited.replace(saved.current.id);
    onSaved?.(saved.current);
  };
  const problem = describeProblem(error, isGone ? texts.gone : undefined);
  return (
    <ContentBoundary name="form of the assistant" resetKey={stored}>
      <AssistantForm
        assistant={edited.source}
        onSubmit={onSubmit}
        onSubmitted={onSubmitted}
        getLatest={edited.getLatest}
        isSubmitting={isSaving}
        {...problem}
        submitLabel={isGone ? texts.createAsNew : undefined}
        apiVersion={apiVersion === 'v1' ? 'v1' : 'v2'}
        draft={draft}
        onDraftChange={setDraft}
        actions={
          <>
            <DuplicateButton assistant={isGone ? undefined : stored} onDuplicate={onDuplicate} />
            {actions}
          </>
        }
        {...props}
      >
        {children}
      </AssistantForm>
    </ContentBoundary>
  );
}

/** Assistant that the form edits. */
interface EditedAssistant {
  /** Undefined for a new assistant. */
  id: string | undefined;
  /** The assistant on the server. If it was deleted, as it was before. */
  stored: Assistant | undefined;
  /** Assistant that the form starts with. Has no id if saving creates one. */
  source: AssistantFormProps['assistant'];
  /** True if the server no longer has it. */
  isGone: boolean;
  error: AssistantsError | null;
  refetch: () => Promise<unknown>;
  getLatest: (() => Promise<Assistant | undefined>) | undefined;
  /** True if `getLatest` has found that the server no longer has it. */
  wasGone: () => boolean;
  /** Continues with the assistant that was created in its place. */
  replace: (id: string) => void;
}

function useEditedAssistant(
  assistantId: string | undefined,
  initial: AssistantFormProps['assistant'],
): EditedAssistant {
  const [replacementId, replace] = useState<string>();
  const id = replacementId ?? assistantId;
  const { data: stored, error, refetch } = useAssistant({ assistantId: id });
  const isGone = error?.status === 404;
  const source = useMemo(
    () => (isGone ? omitId(stored) : (stored ?? initial)),
    [isGone, stored, initial],
  );
  const wasGone = useRef(false);
  const getLatest = async (): Promise<Assistant | undefined> => {
    const latest = await refetch();
    wasGone.current = latest.error?.status === 404;
    return latest.data;
  };
  return {
    id,
    stored,
    source,
    isGone,
    error,
    refetch,
    getLatest: id === undefined || isGone ? undefined : getLatest,
    wasGone: () => wasGone.current,
    replace,
  };
}

/** Shown in place of the form of an assistant that is not loaded. */
function Unavailable({ edited: { error, refetch } }: { edited: EditedAssistant }): ReactElement {
  return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Loading />;
}

function omitId(assistant: Partial<Assistant> = {}): Partial<Assistant> {
  const { id: _id, ...rest } = assistant;
  return rest;
}

interface DuplicateButtonProps {
  assistant: Assistant | undefined;
  onDuplicate: ((copy: Assistant) => void) | undefined;
}

function DuplicateButton({ assistant, onDuplicate }: DuplicateButtonProps): ReactElement | null {
  const { assistant: texts } = useCompleteTexts();
  const { error, start } = useDuplicateAssistant(onDuplicate);
  if (!assistant || !onDuplicate) return null;
  return (
    <>
      <Button variant="quiet" onClick={() => start(assistant)}>
        {texts.duplicateShort}
      </Button>
      {error && (
        <p {...asPart('field-error')} role="alert" dir="auto">
          {error.message}
        </p>
      )}
    </>
  );
}

/**
 * Returns the reason why the form could not be saved, and the field that the server has rejected,
 * if it is one that shows errors at its own control.
 *
 * @param gone Text for an assistant that was deleted.
 */
function describeProblem(
  error: AssistantsError | undefined,
  gone: string | undefined,
): Pick<AssistantFormProps, 'error' | 'errorField'> {
  if (!error || (gone !== undefined && error.operation === 'modifyAssistant'))
    return { error: gone };
  const [name] = error.param?.match(/^\w+/) ?? [];
  return { error: error.message, errorField: ASSISTANT_FIELDS.find((field) => field === name) };
}
