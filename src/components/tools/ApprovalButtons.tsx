import type { MouseEvent, ReactElement } from 'react';
import { Button } from '../Button.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';

/** Buttons that deny, edit and approve a call. Element: div. */
export function ApprovalButtons({
  onDeny,
  onToggle,
  isEditing,
  isDisabled,
  canApprove,
}: {
  onDeny: () => void;
  /** Starts or ends editing. Undefined while invalid arguments have to be edited, and if they cannot be edited. */
  onToggle: ((event: MouseEvent<HTMLButtonElement>) => void) | undefined;
  isEditing: boolean;
  isDisabled: boolean;
  canApprove: boolean;
}): ReactElement {
  const { tools } = useCompleteTexts();
  return (
    <div data-part="buttons">
      <Button disabled={isDisabled} onClick={onDeny}>
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
