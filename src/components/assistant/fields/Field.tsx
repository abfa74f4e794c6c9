import { useId, type ReactElement } from 'react';
import { getDirection } from '../../getDirection.js';
import { asPart } from '../../part.js';

/** Props of `Field`. */
export interface FieldProps {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  /** Number of lines. @default a single-line input */
  rows?: number | undefined;
  /** Shows the text left to right, in a monospace font and without spell checking. @default false */
  isCode?: boolean | undefined;
  /** @default false */
  isRequired?: boolean | undefined;
  /** Keyboard of a touch screen. @default that for texts */
  inputMode?: 'decimal' | undefined;
  placeholder?: string | undefined;
}

/** Labeled form field, described by its hint and its error. Element: div. */
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
  inputMode,
  placeholder,
}: FieldProps): ReactElement {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  const errorId = error === undefined ? undefined : `${id}-error`;
  const control = {
    id,
    name,
    value,
    dir: isCode ? 'ltr' : getDirection(value),
    spellCheck: !isCode,
    required: isRequired,
    inputMode,
    placeholder,
    'aria-invalid': error !== undefined,
    'aria-describedby': [hintId, errorId].filter(Boolean).join(' ') || undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div {...asPart('field')}>
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input {...asPart('input')} type="text" autoComplete="off" {...control} />
      ) : (
        <textarea
          {...asPart('textarea')}
          data-mode={isCode ? 'json' : undefined}
          rows={rows}
          {...control}
        />
      )}
      {hint !== undefined && (
        <p {...asPart('hint')} id={hintId}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p {...asPart('field-error')} id={errorId} dir="auto">
          {error}
        </p>
      )}
    </div>
  );
}
