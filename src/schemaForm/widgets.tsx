import {
  descriptionId,
  enumOptionsDeselectValue,
  enumOptionsIsSelected,
  enumOptionsSelectValue,
  getInputProps,
  getSchemaType,
  optionId,
  type BaseInputTemplateProps,
  type RJSFSchema,
} from '@rjsf/utils';
import { useRef, type ChangeEvent, type KeyboardEvent, type ReactElement } from 'react';
import { getDirection } from '../components/getDirection.js';
import { useFieldHeight } from '../components/useFieldHeight.js';
import { getEmptyValue, useControlProps, type ControlProps } from './controlProps.js';
import { DescriptionFieldTemplate } from './fieldTemplates.js';
import { useHasLines, useInputType } from './useInputType.js';
import { asPart } from '../components/part.js';

/** Longer texts may have several lines. */
const MAX_LINE_LENGTH = 200;

/** Input for text, numbers, dates and the other types of `<input>`. */
export function BaseInputTemplate(
  props: BaseInputTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const { schema, options, placeholder, onChange, onChangeOverride } = props;
  const type: unknown = props.type;
  const value = toInputValue(props.value);
  const controlProps = useControlProps(props);
  const {
    type: fittingType,
    step,
    min,
    max,
  } = getInputProps<unknown, RJSFSchema, object>(
    { ...schema, type: getSchemaType<RJSFSchema>(schema) } as RJSFSchema,
    typeof type === 'string' ? type : undefined,
    options,
  );
  const inputType = useInputType(fittingType, value);
  const isMultiline = useHasLines(value) || mayHaveLines(schema);
  const onInputChange = ({ target }: ChangeEvent<HTMLInputElement>) =>
    onChange(target.value === '' ? getEmptyValue(props) : target.value);
  if (fittingType === 'text' && isMultiline) return <TextareaWidget {...props} />;
  return (
    <input
      {...controlProps}
      {...asPart('input')}
      dir={getDirection(value)}
      type={inputType}
      {...(inputType === 'number' && { step, min, max })}
      value={value}
      placeholder={placeholder}
      onChange={onChangeOverride ?? onInputChange}
    />
  );
}

/** Returns true for a text that may have several lines, which an `<input>` would join. */
function mayHaveLines({ format, pattern, maxLength = Infinity }: RJSFSchema): boolean {
  return format === undefined && pattern === undefined && maxLength > MAX_LINE_LENGTH;
}

/**
 * Ignores Enter in a text of one line, as an `<input>` does. In a longer one, it starts a new line, and Shift+Enter
 * always does.
 */
function keepOneLine(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const { key, shiftKey, ctrlKey, metaKey, nativeEvent, currentTarget } = event;
  if (key !== 'Enter' || shiftKey || ctrlKey || metaKey || nativeEvent.isComposing) return;
  if (!currentTarget.value.includes('\n')) event.preventDefault();
}

/** Input for text of several lines. Grows with its text. */
export function TextareaWidget(props: ControlProps): ReactElement {
  const { options, onChange, placeholder } = props;
  const value = toInputValue(props.value);
  const field = useRef<HTMLTextAreaElement>(null);
  useFieldHeight(field, value);
  return (
    <textarea
      ref={field}
      {...useControlProps(props)}
      {...asPart('textarea')}
      dir={getDirection(value)}
      rows={options.rows ?? 1}
      onKeyDown={keepOneLine}
      value={value}
      placeholder={placeholder}
      onChange={({ target }) => onChange(target.value === '' ? getEmptyValue(props) : target.value)}
    />
  );
}

/** Converts a value for an input. Values of other types appear as an empty input. */
function toInputValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Checkbox for a boolean. */
export function CheckboxWidget(props: ControlProps): ReactElement {
  const { label, schema, registry, id, hideLabel, onChange } = props;
  const value: unknown = props.value;
  return (
    <>
      <label {...asPart('tick')}>
        <input
          {...useControlProps(props)}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
        {hideLabel !== true && <span>{label}</span>}
      </label>
      {schema.description !== undefined && (
        <DescriptionFieldTemplate
          id={descriptionId(id)}
          description={schema.description}
          schema={schema}
          registry={registry}
        />
      )}
    </>
  );
}

/** Checkboxes for several values at once. */
export function CheckboxesWidget(props: ControlProps): ReactElement {
  const { options, id, label, onChange } = props;
  const { enumOptions = [] } = options;
  const value: unknown = props.value;
  const selected: unknown[] = Array.isArray(value) ? value : [];
  const { disabled, 'aria-describedby': description } = useControlProps(props);
  return (
    <fieldset id={id} {...asPart('plain-group')} aria-label={label} aria-describedby={description}>
      {enumOptions.map((option, index) => (
        <label key={optionId(id, index)} {...asPart('tick')}>
          <input
            type="checkbox"
            id={optionId(id, index)}
            disabled={disabled}
            checked={enumOptionsIsSelected<RJSFSchema>(option.value, selected)}
            onChange={({ target }) =>
              onChange(
                target.checked
                  ? enumOptionsSelectValue<RJSFSchema>(index, selected, enumOptions)
                  : enumOptionsDeselectValue<RJSFSchema>(index, selected, enumOptions),
              )
            }
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
