import { useState } from 'react';
import type { ToolOutputDraft, ToolOutputResult } from '../../protocol/ToolCall.js';
import { parseJson } from './parseJson.js';

/** Mode in which a value is edited. */
export type OutputMode = 'form' | 'json' | 'text';

/** A value that is edited in one of several modes. Switching the mode keeps what was entered. */
export interface EditedValue {
  readonly mode: OutputMode;
  /** Text of the modes `json` and `text`. */
  readonly text: string;
  /** Value of the mode `form`. */
  readonly value: unknown;
  setMode: (mode: OutputMode) => void;
  setText: (text: string) => void;
  setValue: (value: unknown) => void;
  /** Returns the result to submit. Without a schema, JSON is submitted as the text that was entered. */
  getResult: (hasSchema: boolean) => ToolOutputResult;
}

interface EditorState {
  mode: OutputMode;
  text: string;
  value: unknown;
  /** The one of the two that was changed last. */
  newest: 'text' | 'value';
}

/**
 * Holds the state of an editor.
 *
 * @param modes The editor starts with the mode of the draft, or else with the first one that can represent its text. Malformed
 * JSON opens in the mode `json`, so that the user can correct it.
 * @param onDraftChange Called after each change.
 */
export function useEditedValue(
  modes: readonly OutputMode[],
  draft: ToolOutputDraft | undefined,
  onDraftChange: ((draft: ToolOutputDraft) => void) | undefined,
): EditedValue {
  const [state, setState] = useState<EditorState>(() => createEditorState(modes, draft));
  const update = (change: Partial<EditorState>): void => {
    const next = { ...state, ...change };
    setState(next);
    onDraftChange?.(toDraft(next));
  };
  const { mode, text, value } = state;
  return {
    mode,
    text,
    value,
    setText: (nextText) => update({ text: nextText, newest: 'text' }),
    setValue: (nextValue) => update({ value: nextValue, newest: 'value' }),
    setMode: (nextMode) => update({ mode: nextMode, ...convertEntry(state, nextMode) }),
    getResult(hasSchema) {
      // JSON represents a value that is missing as null.
      if (mode === 'form') return { value: value ?? null };
      const parsed = parseJson(text);
      return mode === 'json' && hasSchema && parsed.isValid ? { value: parsed.value } : { text };
    },
  };
}

/** Converts the newest entry for another mode: text to a value for a form, and a value to JSON. */
function convertEntry(
  { mode, text, value, newest }: EditorState,
  nextMode: OutputMode,
): Partial<EditorState> {
  if (nextMode === 'form' && newest === 'text') {
    const parsed = parseJson(text);
    // Malformed JSON is kept, and is there again when the user switches back.
    return parsed.isValid ? { value: parsed.value } : {};
  }
  if (mode === 'form' && newest === 'value') return { text: JSON.stringify(value, null, 2) ?? '' };
  return {};
}

function toDraft({ mode, text, value }: EditorState): ToolOutputDraft {
  return { mode, text: mode === 'form' ? (JSON.stringify(value) ?? '') : text };
}

function createEditorState(
  modes: readonly OutputMode[],
  draft: ToolOutputDraft | undefined,
): EditorState {
  const text = draft?.text ?? '';
  const parsed = parseJson(text);
  const value = parsed.isValid ? parsed.value : undefined;
  const isRepresentable = (mode: OutputMode): boolean =>
    mode === 'text' || text === '' || parsed.isValid;
  return { mode: getInitialMode(modes, draft, isRepresentable), text, value, newest: 'text' };
}

function getInitialMode(
  modes: readonly OutputMode[],
  draft: ToolOutputDraft | undefined,
  isRepresentable: (mode: OutputMode) => boolean,
): OutputMode {
  const [firstMode = 'text'] = modes;
  const draftMode = modes.find((mode) => mode === draft?.mode);
  if (draftMode !== undefined) return draftMode;
  if (isRepresentable(firstMode)) return firstMode;
  return modes.find(isRepresentable) ?? modes.find((mode) => mode === 'json') ?? firstMode;
}
