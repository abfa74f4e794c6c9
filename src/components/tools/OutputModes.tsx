import type { ReactElement } from 'react';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import type { OutputMode } from './useEditedValue.js';
import { asPart } from '../part.js';

/** Props of `OutputModes`. */
export interface OutputModesProps {
  /** Name of the radio buttons, from `useId`. */
  name: string;
  modes: readonly OutputMode[];
  mode: OutputMode;
  onChange: (mode: OutputMode) => void;
}

/** Selects form, JSON or text. Element: div, a radio group. */
export function OutputModes({ name, modes, mode, onChange }: OutputModesProps): ReactElement {
  const texts = useCompleteTexts();
  const labels = { form: texts.tools.asForm, json: texts.tools.asJson, text: texts.tools.asText };
  return (
    <div {...asPart('modes')} role="radiogroup" aria-label={texts.tools.mode}>
      {modes.map((value) => (
        <label key={value} data-checked={mode === value ? '' : undefined}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={mode === value}
            onChange={() => onChange(value)}
          />
          {labels[value]}
        </label>
      ))}
    </div>
  );
}
