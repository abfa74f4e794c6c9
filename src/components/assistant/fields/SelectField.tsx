import { useId, type ReactElement } from 'react';
import { truncate } from '../../truncate.js';
import { asPart } from '../../part.js';

interface SelectFieldProps {
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  error: string | undefined;
  onChange: (value: string) => void;
}

/** Labeled select. Element: div. */
export function SelectField({
  name,
  label,
  value,
  options,
  error,
  onChange,
}: SelectFieldProps): ReactElement {
  const id = useId();
  return (
    <div {...asPart('field')}>
      <label htmlFor={id}>{label}</label>
      <select
        {...asPart('input')}
        id={id}
        name={name}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {truncate(option.label, 100)}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <p {...asPart('field-error')} id={`${id}-error`} dir="auto">
          {error}
        </p>
      )}
    </div>
  );
}
