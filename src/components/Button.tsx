import type { ReactElement } from 'react';
import { createPart, type PartProps } from './part.js';

/** State of `Button`. */
export interface ButtonState {
  variant: 'default' | 'primary' | 'danger' | 'quiet' | 'icon';
}

/** Props of `Button`. */
export interface ButtonProps extends PartProps<'button', ButtonState> {
  /** `quiet` and `icon` have no border or background until hovered. @default 'default' */
  variant?: ButtonState['variant'] | undefined;
}

/** Button that all components use. Element: button. `data-variant`. */
export function Button({ variant = 'default', ...props }: ButtonProps): ReactElement | null {
  return createPart(
    { tag: 'button', name: 'button', state: { variant }, defaultProps: { type: 'button' } },
    props,
  );
}
