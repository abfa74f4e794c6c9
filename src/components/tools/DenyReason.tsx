import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { getDirection } from '../getDirection.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import type { Denial } from './useDenial.js';
import { asPart } from '../part.js';

/** Props of `DenyReason`. */
export interface DenyReasonProps {
  denial: Denial;
  /** Denies the call. */
  onDeny: () => void;
  isDisabled: boolean;
}

/** Field for the reason of a denial. Enter denies the call, Escape closes the field. Element: div. */
export function DenyReason({ denial, onDeny, isDisabled }: DenyReasonProps): ReactElement | null {
  const texts = useCompleteTexts();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { isOpen, reason, takesFocus } = denial;
  useEffect(() => {
    if (isOpen && takesFocus) field.current?.focus();
  }, [isOpen, takesFocus]);
  if (!isOpen) return null;

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const isEnter = event.key === 'Enter' && !event.shiftKey;
    if (!isEnter && event.key !== 'Escape') return;
    // The form would approve the call.
    event.preventDefault();
    event.stopPropagation();
    if (!isEnter) {
      event.currentTarget.form?.focus();
      denial.close();
    } else if (!isDisabled) onDeny();
  };
  return (
    <div {...asPart('field')}>
      <label htmlFor={id}>{texts.tools.denyReason}</label>
      <textarea
        ref={field}
        id={id}
        {...asPart('textarea')}
        rows={1}
        dir={getDirection(reason)}
        value={reason}
        onChange={(event) => denial.setReason(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** Button that opens and closes the field for the reason. */
export function DenyReasonButton({
  denial,
  isDisabled,
}: {
  denial: Denial;
  isDisabled: boolean;
}): ReactElement {
  const texts = useCompleteTexts();
  return (
    <Button
      variant="quiet"
      aria-expanded={denial.isOpen}
      disabled={isDisabled}
      onClick={denial.isOpen ? denial.close : denial.open}
    >
      {texts.tools.addReason}
    </Button>
  );
}
