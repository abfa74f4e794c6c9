import type { SyntheticEvent } from 'react';

/**
 * Keeps the submit of a form for itself: neither the browser nor a form of the app around it, also around a portal, may submit
 * too.
 */
export function ownSubmit(event: SyntheticEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
