import { useState } from 'react';
import { checkJson } from './readArguments.js';
import type { ToolOutputDraft, ToolOutputResult } from '../../protocol/ToolCall.js';

/** How a value is written: as a form, as JSON, or as text. */
export type OutputMode = 'form' | 'json' | 'text';

/** A value that is being written in one of several ways; what was written in one is there in the next. */
export interface EditedValue {
  readonly mode: OutputMode;
  readonly text: string;
  readonly value: unknown;
  setMode: (mode: OutputMode) => void;
  setText: (text: string) => void;
  setValue: (value: unknown) => void;
  /** What it comes to. JSON that has no schema goes out just as it was written. */
  result: (hasSchema: boolean) => ToolOutputResult;
}

interface Written {
  mode: OutputMode;
  text: string;
  value: unknown;
  /** Which of the two was written last. */
  newest: 'text' | 'value';
}

/**
 * @param modes the first is the one to begin with, unless the draft says or is otherwise: what no form can show is JSON that can be mended
 * @param onDraft told of each change
 */
export function useEditedValue(
  modes: readonly OutputMode[],
  draft: ToolOutputDraft | undefined,
  onDraft: ((draft: ToolOutputDraft) => void) | undefined,
): EditedValue {
  const [written, setWritten] = useState<Written>(() => begin(modes, draft));
  const write = (change: Partial<Written>): void => {
    const next = { ...written, ...change };
    setWritten(next);
    onDraft?.({
      mode: next.mode,
      text: next.mode === 'form' ? (JSON.stringify(next.value) ?? '') : next.text,
    });
  };
  const { mode, text, value, newest } = written;
  return {
    mode,
    text,
    value,
    setText: (next) => write({ text: next, newest: 'text' }),
    setValue: (next) => write({ value: next, newest: 'value' }),
    setMode(next) {
      if (next === 'form' && newest === 'text') {
        const checked = checkJson(text);
        // What is no JSON stays where it is for the way back.
        write({ mode: next, ...(checked.isValid && { value: checked.value }) });
      } else if (mode === 'form' && newest === 'value')
        write({ mode: next, text: JSON.stringify(value, null, 2) ?? '' });
      else write({ mode: next });
    },
    result(hasSchema) {
      if (mode === 'form') return { value };
      const checked = checkJson(text);
      return mode === 'json' && hasSchema && checked.isValid ? { value: checked.value } : { text };
    },
  };
}

function begin(modes: readonly OutputMode[], draft: ToolOutputDraft | undefined): Written {
  const [first = 'text'] = modes;
  const text = draft?.text ?? '';
  const checked = checkJson(text);
  const fits = (mode: OutputMode) => mode === 'text' || text === '' || checked.isValid;
  const asked = modes.find((mode) => mode === draft?.mode) ?? first;
  const mode =
    fits(asked) || draft?.mode === asked
      ? asked
      : (modes.find(fits) ?? modes.find((one) => one === 'json') ?? first);
  return { mode, text, value: checked.isValid ? checked.value : undefined, newest: 'text' };
}
