import type { ReactElement } from 'react';
import { createPart, type PartProps } from './part.js';

/** Props of `Button`. */
export interface ButtonProps extends PartProps<'button'> {
  /** `quiet` and `icon` are bare until touched. @default 'default' */
  variant?: 'default' | 'primary' | 'danger' | 'quiet' | 'icon' | undefined;
}

/** The button of every component. Element: button. `data-variant`. */
export function Button({ variant = 'default', ...props }: ButtonProps): ReactElement | null {
  return createPart(
    { tag: 'button', name: 'button', state: { variant }, own: { type: 'button' } },
    props,
  );
}
