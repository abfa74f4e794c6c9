import type { KeyboardEvent, KeyboardEventHandler, MouseEventHandler } from 'react';

/** Handlers of the element of a popup. */
interface PopupHandlers {
  onKeyDown: KeyboardEventHandler<HTMLElement>;
  onClick: MouseEventHandler<HTMLElement>;
}

const TAB_STOPS = 'input, button, summary, a[href]';

/**
 * Returns handlers that keep keys and clicks in a popup from what contains its button, such as a row with shortcuts of its own.
 * Tab leaves the popup.
 */
export function getPopupHandlers(onReturnFocus: () => void): PopupHandlers {
  return {
    onKeyDown: (event) => {
      event.stopPropagation();
      if (isLeavingWithTab(event)) onReturnFocus();
    },
    onClick: (event) => event.stopPropagation(),
  };
}

/**
 * Returns true if a key moves the focus out of a popup. The popup is behind its button in the page, so Base UI would
 * find the next stop inside the popup. If the focus moves to the button first, the browser moves it on from there.
 */
function isLeavingWithTab({
  key,
  shiftKey,
  target,
  currentTarget,
}: KeyboardEvent<HTMLElement>): boolean {
  if (key !== 'Tab') return false;
  const stops = [...currentTarget.querySelectorAll(TAB_STOPS)];
  return stops.length === 0 || target === stops.at(shiftKey ? 0 : -1);
}
