import type { MouseEvent } from 'react';

/** What can take the focus in a form. */
export const FOCUSABLE = 'input, select, textarea, button';

/** Takes an entry away, and the focus, which would go with it, to what comes next in the form. */
export function leaveItem(event: MouseEvent, remove: (event: MouseEvent) => void): void {
  const item = event.currentTarget.closest('[data-part="schema-item"]');
  const places = [
    ...(item?.closest('[data-part="schema-form"]')?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? []),
  ];
  const outside = places.filter((place) => item?.contains(place) === false);
  const next =
    outside.find(
      (place) => item && item.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING,
    ) ?? outside.at(-1);
  next?.focus();
  remove(event);
}
