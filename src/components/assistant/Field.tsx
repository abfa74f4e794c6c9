import { useId, type ReactElement } from 'react';
import { getDirection } from '../getDirection.js';

/** Props of `Field`. */
export interface FieldProps {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  /** Lines of a text area; a field of one line without it. */
  rows?: number | undefined;
  isCode?: boolean | undefined;
  isRequired?: boolean | undefined;
}

/** A labelled field of a form with its hint and error tied to it. Element: div. */
export function Field({
  name,
  label,
  value,
  onChange,
  error,
  hint,
  rows,
  isCode = false,
  isRequired = false,
}: FieldProps): ReactElement {
  const id = useId();
  const described = [
    hint === undefined ? '' : `${id}-hint`,
    error === undefined ? '' : `${id}-error`,
  ]
    .filter(Boolean)
    .join(' ');
  const shared = {
    id,
    name,
    value,
    dir: isCode ? 'ltr' : getDirection(value),
    spellCheck: !isCode,
    required: isRequired,
    'aria-invalid': error !== undefined,
    'aria-describedby': described === '' ? undefined : described,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div data-part="field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input data-part="input" type="text" autoComplete="off" {...shared} />
      ) : (
        <textarea
          data-part="textarea"
          data-mode={isCode ? 'json' : undefined}
          rows={rows}
          {...shared}
        />
      )}
      {hint !== undefined && (
        <p data-part="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p data-part="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
