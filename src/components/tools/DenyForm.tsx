import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { getDirection } from '../getDirection.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';

/** Props of `DenyForm`. */
export interface DenyFormProps {
  onDeny: (reason: string) => void;
  onBack: () => void;
  isSubmitting: boolean;
}

/** Asks for the reason of a denial. Takes the focus, because it replaces the pressed button. Element: div. */
export function DenyForm({ onDeny, onBack, isSubmitting }: DenyFormProps): ReactElement {
  const texts = useCompleteTexts();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      <div data-part="field">
        <label htmlFor={id}>{texts.tools.denyReason}</label>
        <textarea
          ref={field}
          id={id}
          data-part="textarea"
          rows={2}
          dir={getDirection(reason)}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <div data-part="buttons">
        <Button onClick={onBack}>{texts.tools.back}</Button>
        <Button variant="danger" disabled={isSubmitting} onClick={() => onDeny(reason)}>
          {texts.tools.denyConfirm}
        </Button>
      </div>
    </>
  );
}
