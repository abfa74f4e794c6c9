import type { KeyboardEvent } from 'react';
import { isElement } from '../../common/isElement.js';

/**
 * `keydown` handler of a form: Control+Enter or Command+Enter submits it from any field. Enter alone does not submit it, except
 * on its button.
 */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return;
  const isField = isElement(event.target) && event.target.matches('input, select');
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  } else if (isField) event.preventDefault();
}
