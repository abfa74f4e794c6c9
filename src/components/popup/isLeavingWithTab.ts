import type { KeyboardEvent } from 'react';

const TAB_STOPS = 'input, button, summary, a[href]';

/**
 * Returns true if a key moves the focus out of the popup that handles the event. The popup is behind its button in the
 * page, so Base UI would find the next stop inside the popup. Move the focus to the button: the browser moves it on
 * from there.
 */
export function isLeavingWithTab({
  key,
  shiftKey,
  target,
  currentTarget,
}: KeyboardEvent<HTMLElement>): boolean {
  if (key !== 'Tab') return false;
  const stops = [...currentTarget.querySelectorAll(TAB_STOPS)];
  return stops.length === 0 || target === stops.at(shiftKey ? 0 : -1);
}
