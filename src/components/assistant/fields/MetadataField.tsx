import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { randomKey } from '../../../common/randomKey.js';
import { Button } from '../../Button.js';
import { getDirection } from '../../getDirection.js';
import { useFormat } from '../../i18n/useFormat.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { IconButton } from '../../IconButton.js';
import { X } from '../../icons.js';
import { Plus } from '../../icons.lazy.js';
import { truncate } from '../../truncate.js';
import type { MetadataRow } from '../draft/AssistantDraft.js';
import { MAX_METADATA_PAIRS } from '../draft/validateAssistantDraft.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { asPart } from '../../part.js';

/** Metadata as rows of keys and values. Element: fieldset. */
export function MetadataField(): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { draft, errors, change } = useAssistantForm('AssistantField');
  const addButton = useRef<HTMLButtonElement>(null);
  const [addedKey, setAddedKey] = useState<string>();
  const rows = draft.metadata;
  const isFull = rows.length >= MAX_METADATA_PAIRS;
  const add = (): void => {
    if (isFull) return;
    const key = randomKey();
    change('metadata', (current) => [...current, { key, name: '', value: '' }]);
    setAddedKey(key);
  };
  const remove = ({ key }: MetadataRow): void => {
    change('metadata', (current) => current.filter((other) => other.key !== key));
    addButton.current?.focus();
  };
  const error = errors['metadata'];
  return (
    <fieldset {...asPart('plain-group')}>
      <legend>{texts.metadata}</legend>
      {rows.map((row, index) => (
        <MetadataFields
          key={row.key}
          row={row}
          position={index + 1}
          isAdded={row.key === addedKey}
          onRemove={() => remove(row)}
        />
      ))}
      {error !== undefined && <p {...asPart('field-error')}>{error}</p>}
      <div {...asPart('tool-buttons')}>
        <Button ref={addButton} aria-disabled={isFull} onClick={add}>
          <Plus size={16} />
          {texts.addMetadata}
        </Button>
      </div>
    </fieldset>
  );
}

interface MetadataFieldsProps {
  row: MetadataRow;
  /** Position among the rows, from 1. */
  position: number;
  /** True if the user has just added the row. Its first field takes the focus. */
  isAdded: boolean;
  onRemove: () => void;
}

function MetadataFields({ row, position, isAdded, onRemove }: MetadataFieldsProps): ReactElement {
  const texts = useCompleteTexts();
  const format = useFormat();
  const { change } = useAssistantForm('AssistantField');
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isAdded) element.current?.querySelector('input')?.focus();
  }, [isAdded]);
  const update = (changes: Partial<MetadataRow>): void =>
    change('metadata', (rows) =>
      rows.map((other) => (other.key === row.key ? { ...other, ...changes } : other)),
    );
  return (
    <div ref={element} {...asPart('metadata-row')}>
      <MetadataInput
        control={`metadata.${row.key}.name`}
        label={texts.assistant.metadataKey(format.number(position))}
        placeholder={texts.assistant.key}
        value={row.name}
        onChange={(name) => update({ name })}
      />
      <MetadataInput
        control={`metadata.${row.key}.value`}
        label={texts.assistant.metadataValue(format.number(position))}
        placeholder={texts.assistant.value}
        value={row.value}
        onChange={(value) => update({ value })}
      />
      <IconButton
        label={texts.form.remove(truncate(row.name, 100) || format.number(position))}
        onClick={onRemove}
      >
        <X size={16} />
      </IconButton>
    </div>
  );
}

interface MetadataInputProps {
  control: string;
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

function MetadataInput({
  control,
  label,
  placeholder,
  value,
  onChange,
}: MetadataInputProps): ReactElement {
  const id = useId();
  const error = useAssistantForm('AssistantField').errors[control];
  return (
    <div {...asPart('field')}>
      <input
        {...asPart('input')}
        type="text"
        name={control}
        autoComplete="off"
        dir={getDirection(value)}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : id}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p {...asPart('field-error')} id={id}>
          {error}
        </p>
      )}
    </div>
  );
}
