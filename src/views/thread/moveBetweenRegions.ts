import type { KeyboardEvent } from 'react';

/** F6 leads from the messages of a thread to the field, and from there back, over all that stands between. */
export function moveBetweenRegions(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
  const { currentTarget: thread, target } = event;
  const isWriting = target instanceof Element && target.closest('[data-part="composer"]') !== null;
  const next = thread.querySelector<HTMLElement>(
    isWriting ? '[data-part="thread-scroll"]' : 'textarea[data-part="composer-input"]',
  );
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
}
