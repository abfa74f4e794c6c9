import type { MouseEvent, ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { DenyReasonButton } from './DenyReason.js';
import type { Denial } from './useDenial.js';
import { asPart } from '../part.js';

/** Props of `ApprovalButtons`. */
export interface ApprovalButtonsProps {
  /** Undefined if a denial has no reason. */
  denial: Denial | undefined;
  onDeny: () => void;
  /** Starts or ends editing. Undefined while invalid arguments have to be edited, and if they cannot be edited. */
  onToggle: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined;
  /** Allows all calls of the tool. Undefined if each call needs an approval. */
  onAllowAlways: ((form: HTMLFormElement | null) => void) | undefined;
  isEditing: boolean;
  isDisabled: boolean;
  canApprove: boolean;
}

/** Buttons that edit, deny and approve a call. Element: div. */
export function ApprovalButtons({
  denial,
  onDeny,
  onToggle,
  onAllowAlways,
  isEditing,
  isDisabled,
  canApprove,
}: ApprovalButtonsProps): ReactElement {
  const { tools } = useCompleteTexts();
  return (
    <div {...asPart('buttons')} data-layout="split">
      <div {...asPart('buttons')}>
        {onToggle && (
          <Button variant="quiet" disabled={isDisabled} onClick={onToggle}>
            {isEditing ? tools.keepArguments : tools.editArguments}
          </Button>
        )}
        {denial && <DenyReasonButton denial={denial} isDisabled={isDisabled} />}
      </div>
      <div {...asPart('buttons')}>
        <Button disabled={isDisabled} aria-keyshortcuts="Escape" onClick={onDeny}>
          {tools.deny}
          <kbd aria-hidden>esc</kbd>
        </Button>
        {onAllowAlways && (
          <Button
            disabled={isDisabled || !canApprove}
            onClick={({ currentTarget }) => onAllowAlways(currentTarget.form)}
          >
            {tools.approveAlways}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          disabled={isDisabled || !canApprove}
          aria-keyshortcuts="Enter"
        >
          {onAllowAlways ? tools.approveOnce : tools.approve}
          <kbd aria-hidden>⏎</kbd>
        </Button>
      </div>
    </div>
  );
}
