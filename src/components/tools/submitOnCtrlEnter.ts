import type { KeyboardEvent } from 'react';

/**
 * `keydown` handler of a form: Control+Enter or Command+Enter submits it from any field. Enter alone does not submit it, except
 * on its button.
 */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return;
  const isField =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  } else if (isField) event.preventDefault();
}
