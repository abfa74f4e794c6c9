import type { ReactElement } from 'react';
import { useTexts } from '../i18n/TextsContext.js';

/** How an output is written. On the wire both are text. */
export type OutputMode = 'text' | 'json';

/** Props of `OutputModes`. */
export interface OutputModesProps {
  /** Of the radio buttons; from `useId`. */
  name: string;
  mode: OutputMode;
  onChange: (mode: OutputMode) => void;
}

const MODES: readonly OutputMode[] = ['text', 'json'];

/** Chooses between text and JSON. Element: div, a radio group. */
export function OutputModes({ name, mode, onChange }: OutputModesProps): ReactElement {
  const texts = useTexts();
  const labels = { text: texts.tools.asText, json: texts.tools.asJson };
  return (
    <div data-part="modes" role="radiogroup" aria-label={texts.tools.mode}>
      {MODES.map((value) => (
        <label key={value} data-checked={mode === value ? '' : undefined}>
          <input type="radio" name={name} value={value} checked={mode === value} onChange={() => onChange(value)} />
          {labels[value]}
        </label>
      ))}
    </div>
  );
}
