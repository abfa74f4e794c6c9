import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { isElement } from '../../common/isElement.js';
import { placeMenu } from './placeMenu.js';

/** Refs of a button and of what it opens. */
export interface PopoverRefs {
  button: RefObject<HTMLButtonElement | null>;
  popover: RefObject<HTMLDivElement | null>;
}

/**
 * Shows an element above the page, beside its button. Calls `onClose` when the user clicks elsewhere or moves the focus away. The
 * element stays where it is in the tree, so that it works in dialogs and shadow roots, and needs no container from the app.
 */
export function usePopover(isOpen: boolean, onClose: () => void): PopoverRefs {
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [menu, anchor] = [popover.current, button.current];
    if (!isOpen || !menu || !anchor) return undefined;
    // Browsers without popovers show it in place.
    if ('showPopover' in menu) {
      menu.popover = 'manual';
      menu.showPopover();
    }
    const place = (): void => placeMenu(menu, anchor);
    place();
    const page = anchor.ownerDocument.defaultView ?? window;
    const listeners = new AbortController();
    const options = { signal: listeners.signal, capture: true, passive: true };
    page.addEventListener('scroll', place, options);
    page.addEventListener('resize', place, options);
    return () => listeners.abort();
  }, [isOpen]);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const [menu, anchor] = [popover.current, button.current];
    if (!isOpen || !menu || !anchor) return undefined;
    const isInside = (event: Event): boolean =>
      event.composedPath().some((target) => target === menu || target === anchor);
    const onPointerDown = (event: Event): void => {
      if (!isInside(event)) close.current();
    };
    // Without a next element, the focus is gone because the user went to another window, or because Safari does not focus buttons.
    const onFocusOut = ({ relatedTarget: next }: FocusEvent): void => {
      if (isElement(next) && !menu.contains(next) && next !== anchor) close.current();
    };
    const page = anchor.ownerDocument;
    page.addEventListener('pointerdown', onPointerDown, true);
    menu.addEventListener('focusout', onFocusOut);
    return () => {
      page.removeEventListener('pointerdown', onPointerDown, true);
      menu.removeEventListener('focusout', onFocusOut);
    };
  }, [isOpen]);
  return { button, popover };
}
