import type { KeyboardEvent } from 'react';
import { isElement } from '../../common/isElement.js';
import { findComposer } from './findComposer.js';

/** Moves the focus from the messages of a thread to its composer and back when F6 is pressed without modifiers. */
export function moveBetweenRegions(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
  const { currentTarget: thread, target } = event;
  const isInComposer = isElement(target) && target.closest('[data-part="composer"]') !== null;
  const next = isInComposer
    ? thread.querySelector<HTMLElement>('[data-part="thread-scroll"]')
    : findComposer(thread);
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
}
