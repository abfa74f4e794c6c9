import {
  descriptionId,
  enumOptionsDeselectValue,
  enumOptionsIsSelected,
  enumOptionsSelectValue,
  enumOptionsValueForIndex,
  getInputProps,
  optionId,
  type BaseInputTemplateProps,
  type RJSFSchema,
  type WidgetProps,
} from '@rjsf/utils';
import { useRef, useState, type ChangeEvent, type KeyboardEvent, type ReactElement } from 'react';
import { getDirection } from '../components/getDirection.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import { useFieldHeight } from '../components/useFieldHeight.js';
import { DescriptionFieldTemplate, getDescribedBy } from './fieldTemplates.js';
import { acceptsNull } from './toFormSchema.js';
import { asPart } from '../components/part.js';

/** Longer texts may have several lines. */
const MAX_LINE_LENGTH = 200;

type Props = WidgetProps<unknown, RJSFSchema, object>;

/** Returns the attributes that all controls have. */
function getControlProps({ id, schema, rawErrors, required, disabled, readonly, htmlName }: Props) {
  const hasErrors = rawErrors !== undefined && rawErrors.length > 0;
  return {
    id,
    name: htmlName ?? id,
    disabled: disabled === true || readonly === true || schema.const !== undefined,
    'aria-required': required === true,
    'aria-invalid': hasErrors,
    'aria-describedby': getDescribedBy(id, schema.description !== undefined, hasErrors),
  };
}

/** Returns the value of an empty control: null if the value is required and may be null. */
function getEmptyValue({ schema, required, options }: Props): unknown {
  return required === true && acceptsNull(schema) ? null : options.emptyValue;
}

/** Input for text, numbers, dates and the other types of `<input>`. */
export function BaseInputTemplate(
  props: BaseInputTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const { schema, options, placeholder, onChange, onChangeOverride } = props;
  const type: unknown = props.type;
  const value = toInputValue(props.value);
  const {
    type: inputType,
    step,
    min,
    max,
  } = getInputProps<unknown, RJSFSchema, object>(
    schema,
    typeof type === 'string' ? type : undefined,
    options,
  );
  const onInputChange = ({ target }: ChangeEvent<HTMLInputElement>) =>
    onChange(target.value === '' ? getEmptyValue(props) : target.value);
  if (inputType === 'text' && isMultiline(schema)) return <TextareaWidget {...props} />;
  return (
    <input
      {...getControlProps(props)}
      {...asPart('input')}
      dir={getDirection(value)}
      // A color input cannot be empty.
      type={inputType === 'color' ? 'text' : inputType}
      {...(inputType === 'number' && { step, min, max })}
      value={value}
      placeholder={placeholder}
      onChange={onChangeOverride ?? onInputChange}
    />
  );
}

/** Returns true for a text that may have several lines, which an `<input>` would join. */
function isMultiline({ format, pattern, maxLength = Infinity }: RJSFSchema): boolean {
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
export function TextareaWidget(props: Props): ReactElement {
  const { options, onChange, placeholder } = props;
  const value = toInputValue(props.value);
  const field = useRef<HTMLTextAreaElement>(null);
  useFieldHeight(field, value);
  return (
    <textarea
      ref={field}
      {...getControlProps(props)}
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

/** Maximum number of options of a select. More options are searched with the text of an input. */
const MAX_SELECT_OPTIONS = 200;
/** Maximum number of options that the search suggests. */
const MAX_SUGGESTIONS = 50;

/** Select for one of several values. Several values at once are checkboxes, and one of many is an input with suggestions. */
export function SelectWidget(props: Props): ReactElement {
  if (props.multiple === true) return <CheckboxesWidget {...props} />;
  const isLong = (props.options.enumOptions?.length ?? 0) > MAX_SELECT_OPTIONS;
  return isLong ? <Combobox {...props} /> : <Select {...props} />;
}

/** Input for one of many values, with the options that contain its text as suggestions. Any other text is ignored. */
function Combobox(props: Props): ReactElement {
  const { options, onChange, hideLabel, label, id } = props;
  const value: unknown = props.value;
  const { enumOptions = [] } = options;
  const [typed, setTyped] = useState('');
  const selected = enumOptions.find((option) =>
    enumOptionsIsSelected<RJSFSchema>(option.value, value),
  );
  const text = selected?.label ?? typed;
  const query = text.toLowerCase();
  const labels = new Set(enumOptions.map((option) => option.label));
  const suggestions = [...labels]
    .filter((name) => name.toLowerCase().includes(query))
    .slice(0, MAX_SUGGESTIONS);
  const onInputChange = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    setTyped(target.value);
    const chosen = enumOptions.find((option) => option.label === target.value);
    onChange(chosen ? chosen.value : getEmptyValue(props));
  };
  return (
    <>
      <input
        {...getControlProps(props)}
        {...asPart('input')}
        dir={getDirection(text)}
        autoComplete="off"
        list={`${id}-options`}
        aria-label={hideLabel === true ? label : undefined}
        value={text}
        onChange={onInputChange}
      />
      <datalist id={`${id}-options`}>
        {suggestions.map((suggestion) => (
          <option key={suggestion}>{suggestion}</option>
        ))}
      </datalist>
    </>
  );
}

function Select(props: Props): ReactElement {
  const { options, onChange, schema, hideLabel, label } = props;
  const texts = useCompleteTexts();
  const value: unknown = props.value;
  const { enumOptions = [] } = options;
  const selected = enumOptions.findIndex((option) =>
    enumOptionsIsSelected<RJSFSchema>(option.value, value),
  );
  // The select of a union has no field around it, and so no label.
  const isUnion = props.id.endsWith('of_select');
  const hiddenLabel = hideLabel === true ? label : undefined;
  return (
    <select
      {...getControlProps(props)}
      {...asPart('input')}
      aria-label={isUnion ? `${label} ${texts.form.kind}`.trim() : hiddenLabel}
      value={selected === -1 ? '' : String(selected)}
      onChange={({ target }) =>
        onChange(
          enumOptionsValueForIndex<RJSFSchema>(target.value, enumOptions, getEmptyValue(props)),
        )
      }
    >
      {(selected === -1 || (schema.default === undefined && props.required !== true)) && (
        <option value="">{texts.form.choose}</option>
      )}
      {enumOptions.map((option, index) => (
        <option key={optionId(props.id, index)} value={index}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** Checkbox for a boolean. */
export function CheckboxWidget(props: Props): ReactElement {
  const { label, schema, registry, id, hideLabel, onChange } = props;
  const value: unknown = props.value;
  return (
    <>
      <label {...asPart('tick')}>
        <input
          {...getControlProps(props)}
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
export function CheckboxesWidget(props: Props): ReactElement {
  const { options, id, label, onChange } = props;
  const { enumOptions = [] } = options;
  const value: unknown = props.value;
  const selected: unknown[] = Array.isArray(value) ? value : [];
  const { disabled, 'aria-describedby': description } = getControlProps(props);
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
