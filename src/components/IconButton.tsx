import type { ReactElement } from 'react';
import { Button, type ButtonProps } from './Button.js';

/** Props of `IconButton`. */
export interface IconButtonProps extends Omit<ButtonProps, 'variant'> {
  /** Accessible name and tooltip. */
  label: string;
}

/** Button whose content is an icon. Element: button, a `Button`. */
export function IconButton({ label, ...props }: IconButtonProps): ReactElement {
  return <Button variant="icon" aria-label={label} title={label} {...props} />;
}
