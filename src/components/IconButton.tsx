import type { ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import type { IconComponent } from '../Icon.js';

/** Props of `ActionButton`. */
export interface ActionButtonProps extends Omit<ButtonProps, 'children'> {
  /** Accessible name and tooltip. */
  label: string;
  icon: IconComponent;
}

/** Icon button for one action on a message. Element: button. */
export function ActionButton({ label, icon: Icon, ...props }: ActionButtonProps): ReactElement {
  return (
    <Button variant="icon" aria-label={label} title={label} {...props}>
      <Icon />
    </Button>
  );
}
