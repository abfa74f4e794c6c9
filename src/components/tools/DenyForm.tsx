import { useEffect, useId, useRef, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { getDirection } from '../getDirection.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import type { Denial } from './useDenial.js';

/** Props of `DenyForm`. */
export interface DenyFormProps {
  denial: Denial;
  onDeny: (reason: string) => void;
  isSubmitting: boolean;
}

/** Asks for the reason of a denial. Takes the focus if it replaces a pressed button. Element: div. */
export function DenyForm({ denial, onDeny, isSubmitting }: DenyFormProps): ReactElement {
  const texts = useCompleteTexts();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { reason, takesFocus } = denial;
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  return (
    <>
      <div data-part="field">
        <label htmlFor={id}>{texts.tools.denyReason}</label>
        <textarea
          ref={field}
          id={id}
          data-part="textarea"
          rows={1}
          dir={getDirection(reason)}
          value={reason}
          onChange={(event) => denial.setReason(event.target.value)}
        />
      </div>
      <div data-part="buttons">
        <Button onClick={denial.close}>{texts.tools.back}</Button>
        <Button variant="danger" disabled={isSubmitting} onClick={() => onDeny(reason)}>
          {texts.tools.deny}
        </Button>
      </div>
    </>
  );
}
