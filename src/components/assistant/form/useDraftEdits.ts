import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  NO_EDITS,
  parseEdits,
  reduceDraftEdits,
  serializeEdits,
  type DraftEdits,
  type DraftEvent,
} from '../draft/draftEdits.js';

/** Edits of a form. */
export interface UseDraftEditsResult {
  edits: DraftEdits;
  /** Returns the edits after all events, also of those that are not rendered yet. */
  getEdits: () => DraftEdits;
  dispatch: (event: DraftEvent) => void;
}

/**
 * Holds the edits of a form as a text, which the app may store.
 *
 * @param text Text of the app. Undefined if the app does not store it.
 * @param onChange Called with each new text.
 */
export function useDraftEdits(
  text: string | undefined,
  onChange: ((text: string) => void) | undefined,
): UseDraftEditsResult {
  const [own, setOwn] = useState({ text: '', edits: NO_EDITS });
  const currentText = text ?? own.text;
  // A large schema must not be parsed with each key.
  const edits = useMemo(
    () => (currentText === own.text ? own.edits : parseEdits(currentText)),
    [currentText, own],
  );
  const latest = useRef(edits);
  useLayoutEffect(() => {
    latest.current = edits;
  }, [edits]);
  return {
    edits,
    getEdits: () => latest.current,
    dispatch(event) {
      latest.current = reduceDraftEdits(latest.current, event);
      const next = serializeEdits(latest.current);
      setOwn({ text: next, edits: latest.current });
      onChange?.(next);
    },
  };
}
