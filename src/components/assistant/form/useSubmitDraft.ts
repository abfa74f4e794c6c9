import { useRef, useState } from 'react';
import {
  createAssistantDraft,
  type AssistantApiVersion,
  type AssistantDraft,
  type AssistantFormSource,
} from '../draft/AssistantDraft.js';
import {
  applyEdits,
  listChangedFields,
  listConflicts,
  listDifferences,
  type DraftEdits,
} from '../draft/draftEdits.js';
import { toAssistantValues, toFieldValues } from '../draft/toAssistantValues.js';
import type { AssistantFormOptions } from './AssistantFormOptions.js';

interface SubmitOptions extends Pick<
  AssistantFormOptions,
  'assistant' | 'onSubmit' | 'onSubmitted' | 'getLatest'
> {
  apiVersion: AssistantApiVersion;
  server: AssistantDraft;
  isNew: boolean;
  getEdits: () => DraftEdits;
  isBlocked: boolean;
  hasProblem: () => boolean;
  /** Receives the assistant of `getLatest`, if that was called. */
  onReject: (latest?: AssistantFormSource) => void;
  onSaved: (edits: DraftEdits) => void;
}

/** Submits a draft without problems and conflicts. Ignores submits until the one before is done. */
export function useSubmitDraft({
  assistant,
  apiVersion,
  server,
  isNew,
  getEdits,
  isBlocked,
  hasProblem,
  getLatest,
  onSubmit,
  onSubmitted,
  onReject,
  onSaved,
}: SubmitOptions): { isSaving: boolean; submit: () => Promise<void> } {
  const isRunning = useRef(false);
  const [isSaving, setIsSaving] = useState(false);

  const hasConflict = (newest: AssistantDraft): boolean =>
    !isNew && listConflicts(newest, getEdits()).length > 0;
  const send = async (): Promise<void> => {
    const latest = getLatest && (await getLatest());
    const newest = latest ? createAssistantDraft(latest, apiVersion) : server;
    const edits = getEdits();
    if (hasProblem() || hasConflict(newest)) {
      onReject(latest);
      return;
    }
    const changed = listChangedFields(newest, edits);
    const draft = applyEdits(newest, edits);
    const context = { apiVersion, assistant: latest ?? assistant };
    // A new assistant has the initial values that the user has not changed, too.
    const given = isNew
      ? listDifferences(createAssistantDraft(undefined, apiVersion), draft)
      : changed;
    const result = onSubmit(
      toAssistantValues(draft, given, context),
      toFieldValues(draft, changed, context),
      draft.files.removed,
    );
    if (!(result instanceof Promise) || (await result) === false) return;
    onSaved(edits);
    onSubmitted?.();
  };
  return {
    isSaving,
    async submit() {
      if (isRunning.current || isBlocked) return;
      if (hasProblem() || hasConflict(server)) {
        onReject();
        return;
      }
      isRunning.current = true;
      setIsSaving(true);
      try {
        await send();
      } finally {
        isRunning.current = false;
        setIsSaving(false);
      }
    },
  };
}
