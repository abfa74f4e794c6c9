import { useDeferredValue, useMemo } from 'react';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import {
  ASSISTANT_FIELDS,
  type AssistantDraft,
  type AssistantFieldName,
} from '../draft/AssistantDraft.js';
import { applyEdits, type DraftEdits } from '../draft/draftEdits.js';
import { validateAssistantDraft, type DraftProblems } from '../draft/validateAssistantDraft.js';

interface ValidationOptions {
  server: AssistantDraft;
  edits: DraftEdits;
  getEdits: () => DraftEdits;
  isNew: boolean;
  wasSubmitted: boolean;
  /** Message of the server by the name of its field. */
  serverError: Readonly<Record<string, string>> | undefined;
}

/** Validates a draft while the user types, and again before it is submitted. */
export function useDraftValidation({
  server,
  edits,
  getEdits,
  isNew,
  wasSubmitted,
  serverError,
}: ValidationOptions): { errors: Readonly<Record<string, string>>; hasProblem: () => boolean } {
  const texts = useCompleteTexts();
  const format = useFormat();
  // Checking a large schema must not delay the next key.
  const deferredEdits = useDeferredValue(edits);
  const checkedEdits = wasSubmitted ? edits : deferredEdits;
  const shown = useMemo(() => {
    const names = listValidated(checkedEdits, isNew);
    const draft = applyEdits(server, checkedEdits);
    const problems = validateAssistantDraft(draft, names, texts, format);
    return getShownErrors(problems, checkedEdits, wasSubmitted);
  }, [server, checkedEdits, isNew, texts, format, wasSubmitted]);
  return {
    errors: { ...serverError, ...shown },
    hasProblem() {
      const current = getEdits();
      const names = listValidated(current, isNew);
      return validateAssistantDraft(applyEdits(server, current), names, texts, format).size > 0;
    },
  };
}

/** Fields of the server that the user has not changed are not sent, so they may be what this package does not accept. */
function listValidated(edits: DraftEdits, isNew: boolean): readonly AssistantFieldName[] {
  return isNew
    ? ASSISTANT_FIELDS
    : ASSISTANT_FIELDS.filter((name) => name === 'model' || edits[name]);
}

/** Returns the messages to show: before the first submit, only those of what the user has entered. */
function getShownErrors(
  problems: DraftProblems,
  edits: DraftEdits,
  wasSubmitted: boolean,
): Record<string, string> {
  const shown = [...problems].filter(
    ([, { field, isMissing }]) => wasSubmitted || (edits[field] !== undefined && !isMissing),
  );
  return Object.fromEntries(shown.map(([name, { message }]) => [name, message]));
}
