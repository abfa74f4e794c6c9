import { useEffect, useMemo, useState } from 'react';
import { getTreeRoot } from '../../../common/treeRoot.js';
import {
  createAssistantDraft,
  type AssistantDraft,
  type AssistantFormSource,
} from '../draft/AssistantDraft.js';
import {
  applyEdits,
  listChangedFields,
  listConflicts,
  listEditedFields,
  type DraftEdits,
} from '../draft/draftEdits.js';
import type { AssistantFormContextValue } from './AssistantFormContext.js';
import type { AssistantFormOptions } from './AssistantFormOptions.js';
import { useDraftEdits } from './useDraftEdits.js';
import { useDraftValidation } from './useDraftValidation.js';
import { useSubmitDraft } from './useSubmitDraft.js';

/** State of an `AssistantForm`. */
export interface AssistantFormControl {
  context: AssistantFormContextValue;
  /** True if the user has changed something that is not saved. */
  isEdited: boolean;
  /** True if the form has started with changes of an earlier page. */
  wasRestored: boolean;
  /** True while the form is being saved. */
  isSaving: boolean;
  /** True while nothing can be submitted. */
  isBusy: boolean;
  submit: (form: HTMLFormElement) => Promise<void>;
}

/** Holds the draft of a form, checks it and submits it. */
export function useAssistantFormState({
  assistant: givenAssistant,
  apiVersion = 'v2',
  draft: storedDraft,
  onDraftChange,
  isSubmitting = false,
  error,
  errorField,
  ...submitOptions
}: AssistantFormOptions): AssistantFormControl {
  const [assistant, setLatest] = useLatestAssistant(givenAssistant);
  const server = useMemo(
    () => createAssistantDraft(assistant, apiVersion),
    [assistant, apiVersion],
  );
  const { edits, getEdits, dispatch } = useDraftEdits(storedDraft, onDraftChange);
  const [wasRestored] = useState(() => listEditedFields(edits).length > 0);
  const [rejection, setRejection] = useState<object>();
  const { isHeld, holdSubmit } = useHold();
  const setForm = useProblemFocus(rejection, errorField && error);

  const isNew = assistant?.id === undefined;
  const { draft, isEdited, conflicts } = useMemo(
    () => compareDrafts(server, edits, isNew),
    [server, edits, isNew],
  );
  const { errors, hasProblem } = useDraftValidation({
    server,
    edits,
    getEdits,
    isNew,
    wasSubmitted: rejection !== undefined,
    serverError: errorField && error !== undefined ? { [errorField]: error } : undefined,
  });

  const { isSaving, submit } = useSubmitDraft({
    ...submitOptions,
    apiVersion,
    assistant,
    server,
    isNew,
    getEdits,
    isBlocked: isSubmitting || isHeld,
    hasProblem,
    onReject(found) {
      setRejection({});
      if (found) setLatest(found);
    },
    onSaved(saved) {
      dispatch({ type: 'saved', edits: saved });
      setRejection(undefined);
    },
  });
  const context: AssistantFormContextValue = {
    apiVersion,
    assistant,
    draft,
    server,
    errors,
    conflicts: isSubmitting ? [] : conflicts,
    isNew,
    change(name, getValue) {
      const current = applyEdits(server, getEdits())[name];
      dispatch({ type: 'changed', name, value: getValue(current), server });
    },
    takeTheirs: (names) => dispatch({ type: 'reverted', names }),
    keepMine: (names) => dispatch({ type: 'kept', names, server }),
    holdSubmit,
  };
  return {
    context,
    isEdited,
    wasRestored,
    isSaving: isSaving || isSubmitting,
    isBusy: isSaving || isSubmitting || isHeld,
    submit(submitted) {
      setForm(submitted);
      return submit();
    },
  };
}

/** Counts the fields that hold the form back from being submitted. */
function useHold(): { isHeld: boolean; holdSubmit: () => () => void } {
  const [count, setCount] = useState(0);
  return {
    isHeld: count > 0,
    holdSubmit() {
      setCount((current) => current + 1);
      return () => setCount((current) => current - 1);
    },
  };
}

/** Compares a draft with what the server has. */
function compareDrafts(server: AssistantDraft, edits: DraftEdits, isNew: boolean) {
  return {
    draft: applyEdits(server, edits),
    isEdited: listChangedFields(server, edits).length > 0,
    // The initial values of a new assistant are not those of a server.
    conflicts: isNew ? [] : listConflicts(server, edits),
  };
}

/**
 * Focuses the first control with a problem when a submit is rejected, by the form or by the server.
 *
 * @returns Function that receives the form that is submitted.
 */
function useProblemFocus(
  rejection: object | undefined,
  serverError: string | undefined,
): (form: HTMLFormElement) => void {
  const [form, setForm] = useState<HTMLFormElement>();
  useEffect(() => {
    if (!rejection && serverError === undefined) return;
    const control = form?.querySelector<HTMLElement>(
      '[aria-invalid="true"], [data-part="field-conflict"] button',
    );
    if (control) focusUnfolded(control);
  }, [form, rejection, serverError]);
  return setForm;
}

/** Frames in which settings that unfold are hidden, at most. */
const MAX_FRAMES = 10;

/** Focuses a control, and unfolds the settings around it before, which the user may have folded. */
function focusUnfolded(control: HTMLElement): void {
  const settings = control.closest('details');
  if (settings) settings.open = true;
  const tree = getTreeRoot(control);
  const focusedBefore = tree.activeElement;
  let frames = 0;
  // At the start of their transition, settings do not take the focus.
  const focus = (): void => {
    if (tree.activeElement !== focusedBefore) return;
    control.focus();
    frames += 1;
    if (frames < MAX_FRAMES) requestAnimationFrame(focus);
  };
  focus();
}

/** Returns the assistant that the app has passed, or one that was read since then, and a function that receives the latter. */
function useLatestAssistant(
  given: AssistantFormSource | undefined,
): [AssistantFormSource | undefined, (latest: AssistantFormSource) => void] {
  const [latest, setLatest] = useState<{
    assistant: AssistantFormSource;
    given: AssistantFormSource | undefined;
  }>();
  const isCurrent = latest !== undefined && latest.given === given;
  return [isCurrent ? latest.assistant : given, (assistant) => setLatest({ assistant, given })];
}
