import {
  enumOptionsIsSelected,
  enumOptionsValueForIndex,
  optionId,
  type EnumOptionsType,
  type RJSFSchema,
} from '@rjsf/utils';
import type { ChangeEvent, ReactElement } from 'react';
import { getDirection } from '../components/getDirection.js';
import type { ComponentTexts } from '../components/i18n/ComponentTexts.js';
import { useCompleteTexts } from '../components/i18n/useTexts.lazy.js';
import { getEmptyValue, useControlProps, type ControlProps } from './controlProps.js';
import { CheckboxesWidget } from './widgets.js';
import { asPart } from '../components/part.js';

/** Maximum number of options of a select. More options are searched with the text of an input. */
const MAX_SELECT_OPTIONS = 200;
/** Maximum number of options that the search suggests. */
const MAX_SUGGESTIONS = 50;

/** Select for one of several values. Several values at once are checkboxes, and one of many is an input with suggestions. */
export function SelectWidget(props: ControlProps): ReactElement {
  if (props.multiple === true) return <CheckboxesWidget {...props} />;
  const isLong = (props.options.enumOptions?.length ?? 0) > MAX_SELECT_OPTIONS;
  return isLong ? <Combobox {...props} /> : <Select {...props} />;
}

/**
 * Input for one of many values, with the options that contain its text as suggestions. Another text is a problem of the
 * field.
 */
function Combobox(props: ControlProps): ReactElement {
  const { options, onChange, hideLabel, label, id } = props;
  const value: unknown = props.value;
  const { enumOptions = [] } = options;
  const selected = enumOptions.find((option) =>
    enumOptionsIsSelected<RJSFSchema>(option.value, value),
  );
  const text = selected?.label ?? (typeof value === 'string' ? value : '');
  const query = text.toLowerCase();
  const labels = new Set(enumOptions.map((option) => option.label));
  const suggestions = [...labels]
    .filter((name) => name.toLowerCase().includes(query))
    .slice(0, MAX_SUGGESTIONS);
  const onInputChange = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const chosen = enumOptions.find((option) => option.label === target.value);
    const entered = target.value === '' ? getEmptyValue(props) : target.value;
    onChange(chosen ? chosen.value : entered);
  };
  return (
    <>
      <input
        {...useControlProps(props)}
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

function Select(props: ControlProps): ReactElement {
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
  const unionLabel = isUnionItem(props.id) ? label.replace(/-(\d+)$/, countFromOne) : label;
  return (
    <select
      {...useControlProps(props)}
      {...asPart('input')}
      aria-label={isUnion ? `${unionLabel} ${texts.form.kind}`.trim() : hiddenLabel}
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
          {formatChoice(option, isUnion, texts)}
        </option>
      ))}
    </select>
  );
}

/** Returns true for the select of a union that is an item of an array. The library labels it `Terms-0`. */
function isUnionItem(id: string): boolean {
  return /\.\d+__(any|one)of_select$/.test(id);
}

function countFromOne(_: string, index: string): string {
  return ` ${Number(index) + 1}`;
}

/** Returns the label of a choice: of values without a title, as the words that are shown in tables, too. */
function formatChoice(
  { label, value }: EnumOptionsType<RJSFSchema>,
  isUnion: boolean,
  { steps }: ComponentTexts,
): string {
  const chosen: unknown = value;
  if (isUnion) return label === 'null' ? steps.empty : label;
  if (label !== String(chosen)) return label;
  if (chosen === null) return steps.empty;
  if (typeof chosen !== 'boolean') return label;
  return chosen ? steps.yes : steps.no;
}
