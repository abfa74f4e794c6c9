import type { ReactElement } from 'react';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { SelectField } from './SelectField.js';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

/** Limit for the reasoning of the model. Servers do not return it, so a stored assistant starts with "unchanged". */
export function ReasoningEffortField(): ReactElement {
  const { assistant: texts } = useCompleteTexts();
  const { draft, isNew, errors, change } = useAssistantForm('AssistantField');
  const value = draft.reasoning_effort;
  const isKnown = value === '' || EFFORTS.some((effort) => effort === value);
  return (
    <SelectField
      name="reasoning_effort"
      label={texts.reasoningEffort}
      value={value}
      error={errors['reasoning_effort']}
      options={[
        { value: '', label: isNew ? texts.serverDefault : texts.unchanged },
        ...EFFORTS.map((effort) => ({ value: effort, label: texts.efforts[effort] })),
        ...(isKnown ? [] : [{ value, label: value }]),
      ]}
      onChange={(next) => change('reasoning_effort', () => next)}
    />
  );
}
