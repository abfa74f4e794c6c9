import type { ReactElement } from 'react';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import type { ResponseFormatDraft } from '../draft/AssistantDraft.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { Field } from './Field.js';
import { SchemaEditor } from './SchemaEditor.js';
import { SelectField } from './SelectField.js';
import { SwitchField } from './SwitchField.js';
import { asPart } from '../../part.js';

const TYPES = ['auto', 'text', 'json_object', 'json_schema'] as const;

/** Format of the answers, with a schema if it has one. Element: div. */
export function ResponseFormatField(): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { draft, server, errors, change } = useAssistantForm('AssistantField');
  const format = draft.response_format;
  const update = (changes: Partial<ResponseFormatDraft>): void =>
    change('response_format', (current) => ({ ...current, ...changes }));
  // A type that this package does not know can be kept and chosen again.
  const unknown = [server.response_format.type, format.type].filter(
    (type, index, all) => !TYPES.some((known) => known === type) && all.indexOf(type) === index,
  );
  return (
    <div {...asPart('response-format')}>
      <SelectField
        name="response_format"
        label={texts.responseFormat}
        value={format.type}
        error={errors['response_format']}
        options={[
          ...TYPES.map((type) => ({ value: type, label: texts.formats[type] })),
          ...unknown.map((type) => ({ value: type, label: type })),
        ]}
        onChange={(type) => update({ type })}
      />
      {format.type === 'json_schema' && (
        <>
          <Field
            name="response_format.name"
            label={texts.schemaName}
            value={format.name}
            error={errors['response_format.name']}
            isCode
            isRequired
            onChange={(name) => update({ name })}
          />
          <SchemaEditor
            name="response_format.schema"
            label={texts.schema}
            text={format.schema}
            onChange={(schema) => update({ schema })}
          />
          <SwitchField
            name="response_format.strict"
            label={texts.strict}
            isOn={format.strict}
            onChange={(strict) => update({ strict })}
          />
        </>
      )}
    </div>
  );
}
