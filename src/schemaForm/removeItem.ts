import type { MouseEvent } from 'react';

/** Selector of the controls of a form. */
export const FOCUSABLE = 'input, select, textarea, button';

/**
 * Removes an array item or an additional property. Moves the focus, which would be lost with it, to the next control of the
 * form, or to the last one.
 */
export function removeItem(event: MouseEvent, onRemove: (event: MouseEvent) => void): void {
  const item = event.currentTarget.closest('[data-part="schema-item"]');
  const form = item?.closest('[data-part="schema-form"]');
  const controls = [...(form?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter(
    (control) => !item?.contains(control),
  );
  const next = controls.find(
    (control) => item && item.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  (next ?? controls.at(-1))?.focus();
  onRemove(event);
}
