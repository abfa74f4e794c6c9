import type { ReactElement } from 'react';
import { Button, type ButtonProps } from '../Button.js';
import type { IconComponent } from '../Icon.js';

/** Props of `ActionButton`. */
export interface ActionButtonProps extends Omit<ButtonProps, 'children'> {
  label: string;
  icon: IconComponent;
}

/** One action of a message: an icon that says its name. Element: button. */
export function ActionButton({ label, icon: Icon, ...props }: ActionButtonProps): ReactElement {
  return (
    <Button variant="icon" aria-label={label} title={label} {...props}>
      <Icon />
    </Button>
  );
}
