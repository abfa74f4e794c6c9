import { useState, type ReactElement, type ReactNode } from 'react';
import { useCompleteTexts } from '../../i18n/useTexts.lazy.js';
import { ASSISTANT_SETTINGS } from '../draft/AssistantDraft.js';
import { useAssistantForm } from '../form/AssistantFormContext.js';
import { AssistantField } from './AssistantField.js';
import { asPart } from '../../part.js';

/** All fields of an `AssistantForm`, the rarely used ones folded. */
export function AssistantFields({ files }: { files?: ReactNode }): ReactElement {
  return (
    <>
      <AssistantField name="name" />
      <AssistantField name="model" />
      <AssistantField name="description" />
      <AssistantField name="instructions" />
      <AssistantField name="tools" />
      {files}
      <MoreSettings />
    </>
  );
}

/** Settings that are folded unless one of them has a problem. */
function MoreSettings(): ReactElement {
  const texts = useCompleteTexts();
  const { errors, conflicts } = useAssistantForm('AssistantFields');
  const [isOpen, setIsOpen] = useState(false);
  const needsUser = ASSISTANT_SETTINGS.some(
    (name) =>
      conflicts.includes(name) ||
      Object.keys(errors).some((control) => control === name || control.startsWith(`${name}.`)),
  );
  return (
    <details
      {...asPart('assistant-settings')}
      open={isOpen || needsUser}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>{texts.assistant.settings}</summary>
      <div {...asPart('assistant-settings-content')}>
        {ASSISTANT_SETTINGS.map((name) => (
          <AssistantField key={name} name={name} />
        ))}
      </div>
    </details>
  );
}
