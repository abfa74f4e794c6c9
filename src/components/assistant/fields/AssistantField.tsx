import type { ReactElement } from 'react';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../../part.js';
import type { AssistantFieldName } from '../draft/AssistantDraft.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { Field } from './Field.js';
import { FieldConflict } from './FieldConflict.js';
import { MetadataField } from './MetadataField.js';
import { ReasoningEffortField } from './ReasoningEffortField.js';
import { ResponseFormatField } from './ResponseFormatField.js';
import { ToolsField } from './ToolsField.js';

/** State of `AssistantField`. */
export interface AssistantFieldState {
  name: AssistantFieldName;
  /** True if the user and the server have changed it to different values. */
  conflict: boolean;
}

/** Props of `AssistantField`. */
export interface AssistantFieldProps extends Omit<
  PartProps<'div', AssistantFieldState>,
  'children'
> {
  /** Field, by the name of its wire field. For files, `AssistantFiles` is the field that uploads them. */
  name: Exclude<AssistantFieldName, 'files'>;
}

/** Fields that version 1 of the API does not have. */
const VERSION_2_FIELDS: readonly AssistantFieldName[] = [
  'reasoning_effort',
  'temperature',
  'top_p',
  'response_format',
];

/**
 * Field of an `AssistantForm`, and the choice between two values if the server has changed it meanwhile. Renders nothing for a
 * field that the version of the API does not have. Element: div. `data-name`, `data-conflict`. Context: `AssistantForm`.
 */
export function AssistantField({ name, ...props }: AssistantFieldProps): ReactElement | null {
  const { apiVersion, conflicts } = useAssistantForm('AssistantField');
  if (apiVersion === 'v1' && VERSION_2_FIELDS.includes(name)) return null;
  const conflict = conflicts.includes(name);
  const children = (
    <>
      <FieldControl name={name} />
      {conflict && <FieldConflict name={name} />}
    </>
  );
  return createPart(
    {
      tag: 'div',
      name: 'assistant-field',
      state: { name, conflict },
      defaultProps: { children },
    },
    props,
  );
}

function FieldControl({ name }: Pick<AssistantFieldProps, 'name'>): ReactElement {
  switch (name) {
    case 'tools':
      return <ToolsField />;
    case 'metadata':
      return <MetadataField />;
    case 'response_format':
      return <ResponseFormatField />;
    case 'reasoning_effort':
      return <ReasoningEffortField />;
    default:
      return <TextControl name={name} />;
  }
}

interface TextControlProps {
  name: 'name' | 'model' | 'description' | 'instructions' | 'temperature' | 'top_p';
}

function TextControl({ name }: TextControlProps): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { draft, errors, change } = useAssistantForm('AssistantField');
  const isNumber = name === 'temperature' || name === 'top_p';
  const isLong = name === 'instructions';
  return (
    <Field
      name={name}
      label={name === 'top_p' ? texts.topP : texts[name]}
      value={draft[name]}
      error={errors[name]}
      isRequired={name === 'model'}
      inputMode={isNumber ? 'decimal' : undefined}
      placeholder={isNumber ? texts.serverDefault : undefined}
      hint={isLong ? texts.instructionsHint : undefined}
      rows={isLong ? 5 : undefined}
      onChange={(value) => change(name, () => value)}
    />
  );
}
