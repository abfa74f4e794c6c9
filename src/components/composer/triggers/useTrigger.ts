import { useEffect, useState } from 'react';
import { useComposer } from '../ComposerContext.js';
import {
  findTrigger,
  type ComposerChoice,
  type ComposerTrigger,
  type OpenTrigger,
} from './ComposerTrigger.js';

/** List of choices that is open. */
export interface OpenChoices extends OpenTrigger {
  /** Undefined until they are known. */
  choices: readonly ComposerChoice[] | undefined;
}

/** Returns the choices of the trigger before the cursor, and a function that closes the list until another trigger is written. */
export function useTrigger(triggers: readonly ComposerTrigger[]): {
  open: OpenChoices | undefined;
  dismiss: () => void;
} {
  const cursor = useCursor();
  const { draft } = useComposer();
  const found = cursor === undefined ? undefined : findTrigger(draft.value, cursor, triggers);
  const [dismissedStart, setDismissedStart] = useState<number>();
  // The next trigger opens its list again. The cursor is unknown for a moment when the text changes.
  const isLeft = cursor !== undefined && found?.start !== dismissedStart;
  if (dismissedStart !== undefined && (isLeft || draft.value === '')) setDismissedStart(undefined);
  const open = found?.start === dismissedStart ? undefined : found;
  const choices = useChoices(open);
  return {
    open: open && { ...open, choices },
    dismiss: () => setDismissedStart(found?.start),
  };
}

/** Returns the position of the cursor, or undefined while text is selected and while the field has no focus. */
function useCursor(): number | undefined {
  const { input, draft } = useComposer();
  const [cursor, setCursor] = useState<number>();
  useEffect(() => {
    const field = input.current;
    if (!field) return undefined;
    const read = (): void => {
      const { selectionStart, selectionEnd } = field;
      setCursor(selectionStart === selectionEnd ? selectionEnd : undefined);
    };
    const close = (): void => setCursor(undefined);
    const listeners = new AbortController();
    const { signal } = listeners;
    // Browsers differ in where they report a moved cursor.
    for (const name of ['input', 'keyup', 'click', 'focus', 'select'])
      field.addEventListener(name, read, { signal });
    field.addEventListener('blur', close, { signal });
    return () => listeners.abort();
  }, [input]);
  // A text that was sent or replaced has no cursor yet.
  return cursor !== undefined && cursor <= draft.value.length ? cursor : undefined;
}

/** Loads the choices. While they are loading, those of the last query stay, unless it was at another place. */
function useChoices(open: OpenTrigger | undefined): readonly ComposerChoice[] | undefined {
  const { trigger, query, start } = open ?? {};
  const [loaded, setLoaded] = useState<{
    trigger: ComposerTrigger;
    start: number | undefined;
    choices: readonly ComposerChoice[];
  }>();
  useEffect(() => {
    if (trigger === undefined || query === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const show = (choices: readonly ComposerChoice[]): void => {
      // A server can answer with something else than a list, such as an error.
      if (!signal.aborted)
        setLoaded({ trigger, start, choices: Array.isArray(choices) ? choices : [] });
    };
    // A function of the app that throws must not break the composer.
    const load = async (): Promise<readonly ComposerChoice[]> => trigger.items(query, { signal });
    load().then(show, () => show([]));
    return () => controller.abort();
  }, [trigger, query, start]);
  const isOfTrigger = trigger !== undefined && loaded?.trigger === trigger;
  return isOfTrigger && loaded?.start === start ? loaded?.choices : undefined;
}
