import type { ReactElement } from 'react';
import { asPart } from '../../part.js';

interface SwitchFieldProps {
  name: string;
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Labeled checkbox. Element: label. */
export function SwitchField({ name, label, isOn, onChange }: SwitchFieldProps): ReactElement {
  return (
    <label {...asPart('switch-field')}>
      <input
        type="checkbox"
        name={name}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
