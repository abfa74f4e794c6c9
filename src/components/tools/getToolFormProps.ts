import type { ComponentPropsWithRef } from 'react';
import { submitOnCtrlEnter } from './submitOnCtrlEnter.js';

/**
 * Returns the props of a form that validates its fields itself, and that Ctrl+Enter submits.
 *
 * @param id The form is labelled by the element `${id}-title`, and described by `${id}-description` and
 * `${id}-summary`, as far as they exist.
 */
export function getToolFormProps(
  id: string,
): Pick<
  ComponentPropsWithRef<'form'>,
  'noValidate' | 'aria-labelledby' | 'aria-describedby' | 'onKeyDown'
> {
  return {
    noValidate: true,
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-description ${id}-summary`,
    onKeyDown: submitOnCtrlEnter,
  };
}
