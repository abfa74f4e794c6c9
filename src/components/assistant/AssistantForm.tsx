import { useState, type ReactElement } from 'react';
import type { Assistant } from '../../protocol/types.js';
import { Button } from '../Button.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { createPart, type PartProps } from '../part.js';
import { useOwnSubmit } from '../useOwnSubmit.js';
import {
  createAssistantDraft,
  parseAssistantDraft,
  validateAssistantDraft,
  type AssistantDraft,
  type AssistantFormValues,
} from './assistantDraft.js';
import { Field, type FieldProps } from './Field.js';

/** State of `AssistantForm`. */
export interface AssistantFormState {
  submitting: boolean;
}

/** Props of `AssistantForm`. */
export interface AssistantFormProps extends Omit<
  PartProps<'form', AssistantFormState>,
  'children' | 'onSubmit'
> {
  /** Assistant to edit. @default none: the form is empty */
  assistant?:
    Pick<Assistant, 'name' | 'model' | 'description' | 'instructions' | 'tools'> | undefined;
  /** Called with the values when they are valid. */
  onSubmit: (values: AssistantFormValues) => void;
  /** Without it, the cancel button is omitted. */
  onCancel?: (() => void) | undefined;
  /** @default false */
  isSubmitting?: boolean | undefined;
  /** Error of the last submit. */
  error?: string | undefined;
}

/**
 * Form that creates or edits an assistant. It validates the limits of the API before it submits. Element: form.
 * Data attributes: `data-submitting`.
 */
export function AssistantForm({
  assistant,
  onSubmit,
  onCancel,
  isSubmitting = false,
  error,
  ...props
}: AssistantFormProps): ReactElement | null {
  const texts = useCompleteTexts();
  const format = useFormat();
  const [draft, setDraft] = useState(() => createAssistantDraft(assistant));
  const [wasSubmitted, setWasSubmitted] = useState(false);

  const setForm = useOwnSubmit((form) => {
    if (isSubmitting) return;
    setWasSubmitted(true);
    const [firstInvalid] = Object.keys(validateAssistantDraft(draft, texts, format));
    if (firstInvalid === undefined) onSubmit(parseAssistantDraft(draft));
    else form.querySelector<HTMLElement>(`[name="${firstInvalid}"]`)?.focus();
  });

  const children = (
    <>
      <AssistantFields
        draft={draft}
        errors={wasSubmitted ? validateAssistantDraft(draft, texts, format) : {}}
        onChange={setDraft}
      />
      {error !== undefined && (
        <p data-part="field-error" role="alert" dir="auto">
          {error}
        </p>
      )}
      <div data-part="buttons">
        {onCancel !== undefined && <Button onClick={onCancel}>{texts.assistant.cancel}</Button>}
        <Button type="submit" variant="primary" aria-disabled={isSubmitting}>
          {isSubmitting ? texts.assistant.saving : texts.assistant.save}
        </Button>
      </div>
    </>
  );
  return createPart(
    {
      tag: 'form',
      name: 'assistant-form',
      state: { submitting: isSubmitting },
      defaultProps: { children, noValidate: true, ref: setForm },
    },
    props,
  );
}

interface AssistantFieldsProps {
  draft: AssistantDraft;
  errors: Partial<AssistantDraft>;
  onChange: (draft: AssistantDraft) => void;
}

function AssistantFields({ draft, errors, onChange }: AssistantFieldsProps): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const getFieldProps = (
    name: keyof AssistantDraft,
  ): Pick<FieldProps, 'name' | 'value' | 'error' | 'onChange'> => ({
    name,
    value: draft[name],
    error: errors[name],
    onChange: (value) => onChange({ ...draft, [name]: value }),
  });
  return (
    <>
      <Field label={texts.name} {...getFieldProps('name')} />
      <Field label={texts.model} isRequired {...getFieldProps('model')} />
      <Field label={texts.description} {...getFieldProps('description')} />
      <Field
        label={texts.instructions}
        hint={texts.instructionsHint}
        rows={5}
        {...getFieldProps('instructions')}
      />
      <Field
        label={texts.tools}
        hint={texts.toolsHint}
        rows={4}
        isCode
        {...getFieldProps('tools')}
      />
    </>
  );
}
