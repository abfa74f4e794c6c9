import { useEffect, useId, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '../Button.js';
import { useComposition } from '../composer/useComposition.js';
import { getDirection } from '../getDirection.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { useFieldHeight } from '../useFieldHeight.js';
import { isSubmitKey, useSubmitsOnEnter } from '../useSubmitsOnEnter.js';
import type { Denial } from './useDenial.js';
import { asPart } from '../part.js';

/** Props of `DenyReason`. */
export interface DenyReasonProps {
  denial: Denial;
  /** Denies the call. */
  onDeny: () => void;
  isDisabled: boolean;
}

/**
 * Field for the reason of a denial. Enter denies the call, except on touch devices, where it breaks the line. Escape closes the
 * field. Element: div.
 */
export function DenyReason(props: DenyReasonProps): ReactElement | null {
  return props.denial.isOpen ? <ReasonField {...props} /> : null;
}

function ReasonField({ denial, onDeny, isDisabled }: DenyReasonProps): ReactElement {
  const texts = useCompleteTexts();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { reason, takesFocus } = denial;
  const { isComposing, ...composition } = useComposition();
  const submitsOnEnter = useSubmitsOnEnter(undefined);
  useFieldHeight(field, reason);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isComposing(event)) return;
    const isSubmit = isSubmitKey(event, submitsOnEnter);
    if (!isSubmit && event.key !== 'Escape') return;
    // The form would approve the call.
    event.preventDefault();
    event.stopPropagation();
    if (!isSubmit) {
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
        enterKeyHint={submitsOnEnter ? 'send' : 'enter'}
        dir={getDirection(reason)}
        value={reason}
        onChange={(event) => denial.setReason(event.target.value)}
        onKeyDown={onKeyDown}
        {...composition}
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
