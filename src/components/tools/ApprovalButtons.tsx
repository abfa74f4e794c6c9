import type { MouseEvent, ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { DenyForm } from './DenyForm.js';
import type { Denial } from './useDenial.js';

/** Buttons that deny, edit and approve a call, or the form that asks for the reason of a denial. Element: div. */
export function ApprovalButtons({
  denial,
  onDeny,
  onToggle,
  isEditing,
  isDisabled,
  canApprove,
}: {
  /** Undefined if a denial has no reason. */
  denial: Denial | undefined;
  onDeny: (reason: string) => void;
  /** Starts or ends editing. Undefined while invalid arguments have to be edited, and if they cannot be edited. */
  onToggle: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined;
  isEditing: boolean;
  isDisabled: boolean;
  canApprove: boolean;
}): ReactElement {
  const { tools } = useCompleteTexts();
  if (denial?.isOpen) return <DenyForm denial={denial} onDeny={onDeny} isSubmitting={isDisabled} />;
  return (
    <div data-part="buttons">
      <Button disabled={isDisabled} onClick={() => (denial ? denial.open() : onDeny(''))}>
        {tools.deny}
      </Button>
      {onToggle && (
        <Button disabled={isDisabled} onClick={onToggle}>
          {isEditing ? tools.keepArguments : tools.editArguments}
        </Button>
      )}
      <Button type="submit" variant="primary" disabled={isDisabled || !canApprove}>
        {tools.approve}
      </Button>
    </div>
  );
}
