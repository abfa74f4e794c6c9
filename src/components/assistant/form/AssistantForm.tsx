import type { ReactElement, ReactNode } from 'react';
import { Button } from '../../Button.js';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { createPart, type PartProps, asPart } from '../../part.js';
import { useOwnSubmit } from '../../useOwnSubmit.js';
import { ASSISTANT_FIELDS } from '../draft/AssistantDraft.js';
import { AssistantFields } from '../fields/AssistantFields.js';
import { AssistantFormContext } from './AssistantFormContext.js';
import type { AssistantFormOptions } from './AssistantFormOptions.js';
import { FormNotices } from './FormNotices.js';
import { useAssistantFormState, type AssistantFormControl } from './useAssistantFormState.js';

/** State of `AssistantForm`. */
export interface AssistantFormState {
  submitting: boolean;
  /** True if the user has changed something that is not saved. */
  edited: boolean;
}

/** Props of `AssistantForm`. */
export interface AssistantFormProps
  extends
    Omit<PartProps<'form', AssistantFormState>, 'children' | 'onSubmit'>,
    AssistantFormOptions {
  /** Without it, the cancel button is omitted. */
  onCancel?: (() => void) | undefined;
  /** Buttons at the start of the last row, while nothing is unsaved. Then the button that discards changes takes their place. */
  actions?: ReactNode;
  /** Text of the button that submits the form. @default 'Save' in the language of the provider */
  submitLabel?: string | undefined;
  /** Fields in another arrangement, such as `AssistantField`. @default all fields but the files */
  children?: ReactNode;
}

/**
 * Form that creates or edits an assistant: texts, tools with the schemas of functions, settings and metadata. It validates the
 * limits of the API while the user types. Tools and other values that it does not know are kept. Fields that it does not render
 * are not changed. Element: form. Data attributes: `data-submitting`, `data-edited`.
 */
export function AssistantForm({
  assistant,
  onSubmit,
  onSubmitted,
  getLatest,
  onCancel,
  actions,
  submitLabel,
  isSubmitting = false,
  error,
  errorField,
  apiVersion,
  draft,
  onDraftChange,
  children = <AssistantFields />,
  ...props
}: AssistantFormProps): ReactElement | null {
  const control = useAssistantFormState({
    assistant,
    onSubmit,
    onSubmitted,
    getLatest,
    isSubmitting,
    error,
    errorField,
    apiVersion,
    draft,
    onDraftChange,
  });
  const setForm = useOwnSubmit((form) => void control.submit(form));
  const content = (
    <AssistantFormContext value={control.context}>
      <FormNotices wasRestored={control.wasRestored && control.isEdited} />
      {children}
      {error !== undefined && errorField === undefined && (
        <p {...asPart('field-error')} role="alert" dir="auto">
          {error}
        </p>
      )}
      <FormButtons {...{ control, onCancel, actions, submitLabel }} />
    </AssistantFormContext>
  );
  return createPart(
    {
      tag: 'form',
      name: 'assistant-form',
      state: { submitting: isSubmitting, edited: control.isEdited },
      defaultProps: { children: content, noValidate: true, ref: setForm },
    },
    props,
  );
}

interface FormButtonsProps {
  control: AssistantFormControl;
  onCancel: (() => void) | undefined;
  actions: ReactNode;
  submitLabel: string | undefined;
}

function FormButtons({ control, onCancel, actions, submitLabel }: FormButtonsProps): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  return (
    <div {...asPart('buttons')} data-layout="split">
      <div {...asPart('buttons')}>
        {control.isEdited ? (
          <Button variant="quiet" onClick={() => control.context.takeTheirs(ASSISTANT_FIELDS)}>
            {texts.discard}
          </Button>
        ) : (
          actions
        )}
      </div>
      <div {...asPart('buttons')}>
        {onCancel !== undefined && <Button onClick={onCancel}>{texts.cancel}</Button>}
        <Button type="submit" variant="primary" aria-disabled={control.isBusy}>
          {control.isSaving ? texts.saving : (submitLabel ?? texts.save)}
        </Button>
      </div>
    </div>
  );
}
