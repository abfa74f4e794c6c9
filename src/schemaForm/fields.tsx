import {
  descriptionId,
  errorId,
  type DescriptionFieldProps,
  type FieldErrorProps,
  type FieldTemplateProps,
  type RJSFSchema,
  type TitleFieldProps,
} from '@rjsf/utils';
import { X } from '../components/icons.js';
import { useId, type ReactElement, type ReactNode } from 'react';
import { Button } from '../components/Button.js';
import { useTexts } from '../components/i18n/useTexts.js';
import { leaveItem } from './leaveItem.js';

/** One field: its name, what it is for, the field itself, what is wrong with it. */
export function FieldTemplate(
  props: FieldTemplateProps<unknown, RJSFSchema, object>,
): ReactElement | null {
  const { id, children, description, errors, hidden, required, displayLabel, schema, uiSchema } =
    props;
  const texts = useTexts();
  const label = entryName(props.label);
  if (hidden === true) return null;
  // A box to tick has its name beside it.
  const isTick =
    schema.type === 'boolean' &&
    schema.enum === undefined &&
    schema.oneOf === undefined &&
    uiSchema?.['ui:widget'] === undefined;
  const isLabelled = displayLabel === true && !isTick && label !== '';
  const content: ReactNode = (
    <>
      {isLabelled && (
        <label htmlFor={id}>
          {label}
          {required !== true && <span data-part="muted"> ({texts.form.optional})</span>}
        </label>
      )}
      {isLabelled && description}
      {children}
      {errors}
    </>
  );
  return (
    <div data-part="field">
      {'__additional_property' in schema ? <Additional {...props}>{content}</Additional> : content}
    </div>
  );
}

/** What a field is for. */
export function DescriptionFieldTemplate({
  id,
  description,
}: DescriptionFieldProps<unknown, RJSFSchema, object>): ReactElement | null {
  if (description === undefined || description === '') return null;
  return (
    <p data-part="hint" id={id} dir="auto">
      {description}
    </p>
  );
}

/** What is wrong with a field. */
export function FieldErrorTemplate({
  errors = [],
  fieldPathId,
}: FieldErrorProps<unknown, RJSFSchema, object>): ReactElement | null {
  if (errors.length === 0) return null;
  return (
    <p data-part="field-error" id={errorId(fieldPathId)} dir="auto">
      {errors}
    </p>
  );
}

/** The name of a group. */
export function TitleFieldTemplate({
  id,
  title,
  required,
}: TitleFieldProps<unknown, RJSFSchema, object>): ReactElement {
  const texts = useTexts();
  return (
    <legend id={id} dir="auto">
      {entryName(title)}
      {required !== true && <span data-part="muted"> ({texts.form.optional})</span>}
    </legend>
  );
}

/** The entries of a list are named after it, as `Terms-2`. */
function entryName(label: string): string {
  return label.replace(/-(\d+)$/, ' $1');
}

/** The ids of what describes a field: only of what is there. */
export function describedBy(
  id: string,
  hasDescription: boolean,
  hasErrors: boolean,
): string | undefined {
  const ids = [hasDescription && descriptionId(id), hasErrors && errorId(id)].filter(
    (one) => one !== false,
  );
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** A field that the person has added: with its name to be chosen, and a way to take it away. */
function Additional(props: FieldTemplateProps<unknown, RJSFSchema, object>): ReactElement {
  const { label, children, disabled, onKeyRenameBlur, onRemoveProperty } = props;
  const texts = useTexts();
  const id = useId();
  return (
    <div data-part="schema-item">
      <div>
        <label htmlFor={id}>{texts.form.key}</label>
        <input
          id={id}
          data-part="input"
          defaultValue={label}
          onBlur={onKeyRenameBlur}
          disabled={disabled === true}
          dir="auto"
        />
        {children}
      </div>
      <div data-part="buttons">
        <Button
          variant="icon"
          aria-label={texts.form.remove(label)}
          disabled={disabled === true}
          onClick={(event) => leaveItem(event, onRemoveProperty)}
        >
          <X />
        </Button>
      </div>
    </div>
  );
}
