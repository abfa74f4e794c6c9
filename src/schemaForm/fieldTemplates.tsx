import {
  ADDITIONAL_PROPERTY_FLAG,
  type DescriptionFieldProps,
  type FieldErrorProps,
  type FieldTemplateProps,
  type RJSFSchema,
  type TitleFieldProps,
} from '@rjsf/utils';
import { X } from '../components/icons.js';
import { useId, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from '../components/IconButton.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import { FieldMark } from './FieldMark.js';
import { getDescriptionId, getErrorId, toIdToken } from './fieldIds.js';
import { removeItem } from './removeItem.js';
import { asPart } from '../components/part.js';

/** Field with its label, description, control and error. */
export function FieldTemplate(
  props: FieldTemplateProps<unknown, RJSFSchema, object>,
): ReactElement | null {
  const { id, children, description, errors, hidden, required, displayLabel, schema } = props;
  const label = formatLabel(props);
  const isAdded = ADDITIONAL_PROPERTY_FLAG in schema;
  const isRoot = props.fieldPathId.path.length === 0;
  if (hidden === true) return null;
  const hasLabel = displayLabel === true && label !== '' && !hasOwnLabel(props);
  const content: ReactNode = (
    <>
      {hasLabel && (
        <label htmlFor={id}>
          {label}
          {!isAdded && !isRoot && <FieldMark isRequired={required === true} />}
        </label>
      )}
      {hasLabel && description}
      {children}
      {errors}
    </>
  );
  return (
    <div {...asPart('field')}>
      {isAdded ? <AdditionalProperty {...props}>{content}</AdditionalProperty> : content}
    </div>
  );
}

/** Returns true for a checkbox, which has its label beside it, and for an added group, which has a legend. */
function hasOwnLabel({
  schema,
  uiSchema,
}: FieldTemplateProps<unknown, RJSFSchema, object>): boolean {
  const { type, enum: values, oneOf } = schema;
  if (type === 'boolean')
    return values === undefined && oneOf === undefined && uiSchema?.['ui:widget'] === undefined;
  return ADDITIONAL_PROPERTY_FLAG in schema && (type === 'object' || type === 'array');
}

/** Description of a field. */
export function DescriptionFieldTemplate({
  id,
  description,
}: DescriptionFieldProps<unknown, RJSFSchema, object>): ReactElement | null {
  if (description === undefined || description === '') return null;
  return (
    <p {...asPart('hint')} id={toIdToken(id)} dir="auto">
      {description}
    </p>
  );
}

/** Error of a field. */
export function FieldErrorTemplate({
  errors = [],
  fieldPathId,
}: FieldErrorProps<unknown, RJSFSchema, object>): ReactElement | null {
  if (errors.length === 0) return null;
  return (
    <p {...asPart('field-error')} id={getErrorId(fieldPathId.$id)} dir="auto">
      {errors}
    </p>
  );
}

/** Title of a group. */
export function TitleFieldTemplate({
  id,
  title,
  schema,
  required,
}: TitleFieldProps<unknown, RJSFSchema, object>): ReactElement {
  return (
    <legend id={id} dir="auto">
      {title}
      {!(ADDITIONAL_PROPERTY_FLAG in schema) && (
        <FieldMark isRequired={required === true} isGroup />
      )}
    </legend>
  );
}

/** Returns the label of a field. The library gives array items labels such as `Terms-2`, which become `Terms 2`. */
export function formatLabel({
  label,
  fieldPathId,
}: Pick<FieldTemplateProps<unknown, RJSFSchema, object>, 'label' | 'fieldPathId'>): string {
  const isItem = typeof fieldPathId.path.at(-1) === 'number';
  return isItem ? label.replace(/-(\d+)$/, ' $1') : label;
}

/** Returns `aria-describedby` of a control: the ids of its description and error, if they are rendered. */
export function getDescribedBy(
  id: string,
  hasDescription: boolean,
  hasErrors: boolean,
): string | undefined {
  const ids = [hasDescription && getDescriptionId(id), hasErrors && getErrorId(id)].filter(
    (describedById) => describedById !== false,
  );
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** Property that the user has added: an input for its name and a button that removes it. */
function AdditionalProperty(props: FieldTemplateProps<unknown, RJSFSchema, object>): ReactElement {
  const { label, children, disabled, onKeyRename, onKeyRenameBlur, onRemoveProperty } = props;
  const texts = useCompleteTexts();
  const id = useId();
  /** Saves the name before Ctrl+Enter submits the form, because the field keeps the focus. */
  const onKeyDown = ({ key, ctrlKey, metaKey, currentTarget }: KeyboardEvent<HTMLInputElement>) => {
    if (key === 'Enter' && (ctrlKey || metaKey)) flushSync(() => onKeyRename(currentTarget.value));
  };
  return (
    <div {...asPart('schema-item')}>
      <div>
        <label htmlFor={id}>{texts.form.key}</label>
        <input
          id={id}
          {...asPart('input')}
          defaultValue={label}
          onBlur={onKeyRenameBlur}
          onKeyDown={onKeyDown}
          disabled={disabled === true}
          dir="auto"
        />
        {children}
      </div>
      <div {...asPart('buttons')}>
        <IconButton
          label={texts.form.remove(label)}
          disabled={disabled === true}
          onClick={(event) => removeItem(event, onRemoveProperty)}
        >
          <X />
        </IconButton>
      </div>
    </div>
  );
}
