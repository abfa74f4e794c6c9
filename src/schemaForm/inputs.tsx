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
import type { ChangeEvent, ReactElement } from 'react';
import { getDirection } from '../components/getDirection.js';
import { useTexts } from '../components/i18n/useTexts.js';
import { DescriptionFieldTemplate, describedBy } from './fields.js';

type Props = WidgetProps<unknown, RJSFSchema, object>;

/** What every input says of itself. */
function stateOf({ id, schema, rawErrors, required, disabled, readonly, htmlName }: Props) {
  const hasErrors = rawErrors !== undefined && rawErrors.length > 0;
  return {
    id,
    name: htmlName ?? id,
    disabled: disabled === true || readonly === true,
    'aria-required': required === true,
    'aria-invalid': hasErrors,
    'aria-describedby': describedBy(id, schema.description !== undefined, hasErrors),
  };
}

/** Text, numbers, dates and whatever else an input of the browser takes. */
export function BaseInputTemplate(
  props: BaseInputTemplateProps<unknown, RJSFSchema, object>,
): ReactElement {
  const { schema, options, placeholder, onChange, onChangeOverride } = props;
  const type: unknown = props.type;
  const value = shownValue(props.value);
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
  const change = ({ target }: ChangeEvent<HTMLInputElement>) =>
    onChange(target.value === '' ? options.emptyValue : target.value);
  return (
    <input
      {...stateOf(props)}
      data-part="input"
      dir={getDirection(value)}
      type={inputType}
      {...(inputType === 'number' && { step, min, max })}
      value={value}
      placeholder={placeholder}
      onChange={onChangeOverride ?? change}
    />
  );
}

/** Long text. */
export function TextareaWidget(props: Props): ReactElement {
  const { options, onChange, placeholder } = props;
  const value = shownValue(props.value);
  return (
    <textarea
      {...stateOf(props)}
      data-part="textarea"
      dir={getDirection(value)}
      rows={options.rows ?? 3}
      value={value}
      placeholder={placeholder}
      onChange={({ target }) => onChange(target.value === '' ? options.emptyValue : target.value)}
    />
  );
}

function shownValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** One of several values; several of them are boxes to tick. */
export function SelectWidget(props: Props): ReactElement {
  return props.multiple === true ? <CheckboxesWidget {...props} /> : <Select {...props} />;
}

function Select(props: Props): ReactElement {
  const { options, onChange, schema, hideLabel, label } = props;
  const texts = useTexts();
  const value: unknown = props.value;
  const { enumOptions = [] } = options;
  const selected = enumOptions.findIndex((option) =>
    enumOptionsIsSelected<RJSFSchema>(option.value, value),
  );
  // The choice of a kind stands without a field around it that would name it.
  const isKind = props.id.endsWith('of_select');
  return (
    <select
      {...stateOf(props)}
      data-part="input"
      aria-label={
        isKind ? `${label} ${texts.form.kind}`.trim() : hideLabel === true ? label : undefined
      }
      value={selected === -1 ? '' : String(selected)}
      onChange={({ target }) =>
        onChange(enumOptionsValueForIndex<RJSFSchema>(target.value, enumOptions))
      }
    >
      {(selected === -1 || (schema.default === undefined && props.required !== true)) && (
        <option value="">{texts.form.choose}</option>
      )}
      {enumOptions.map((option, index) => (
        <option key={option.label} value={index}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** Yes or no, as a box to tick. */
export function CheckboxWidget(props: Props): ReactElement {
  const { label, schema, registry, id, hideLabel, onChange } = props;
  const value: unknown = props.value;
  return (
    <>
      <label data-part="tick">
        <input
          {...stateOf(props)}
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

/** Any of several values. */
export function CheckboxesWidget(props: Props): ReactElement {
  const { options, id, label, onChange } = props;
  const { enumOptions = [] } = options;
  const value: unknown = props.value;
  const chosen = Array.isArray(value) ? (value as unknown[]) : [];
  const { disabled, 'aria-describedby': description } = stateOf(props);
  return (
    <fieldset id={id} data-part="plain-group" aria-label={label} aria-describedby={description}>
      {enumOptions.map((option, index) => (
        <label key={option.label} data-part="tick">
          <input
            type="checkbox"
            id={optionId(id, index)}
            disabled={disabled}
            checked={enumOptionsIsSelected<RJSFSchema>(option.value, chosen)}
            onChange={({ target }) =>
              onChange(
                target.checked
                  ? enumOptionsSelectValue<RJSFSchema>(index, chosen, enumOptions)
                  : enumOptionsDeselectValue<RJSFSchema>(index, chosen, enumOptions),
              )
            }
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
