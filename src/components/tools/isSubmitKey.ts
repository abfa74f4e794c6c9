import type { KeyboardEvent } from 'react';

/** Control or Command with Enter submits the form around, from any of its fields; Enter alone does not, but on a button. */
export function isSubmitKey(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return;
  const isField =
    event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  } else if (isField) event.preventDefault();
}
