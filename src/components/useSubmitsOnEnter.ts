import { useSyncExternalStore, type KeyboardEvent } from 'react';

const TOUCH_QUERY = '(hover: none) and (pointer: coarse)';

/**
 * Returns true if Enter submits a text field, by default on devices with a mouse or a trackpad: on-screen keyboards have no
 * other key that breaks a line.
 */
export function useSubmitsOnEnter(submitOnEnter: boolean | undefined): boolean {
  const isTouch = useSyncExternalStore(subscribe, isTouchDevice, () => false);
  return submitOnEnter ?? !isTouch;
}

/** Returns true if a key submits a text field. Control+Enter and Command+Enter always do. */
export function isSubmitKey(event: KeyboardEvent, submitsOnEnter: boolean): boolean {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (key !== 'Enter' || altKey) return false;
  return ctrlKey || metaKey || (submitsOnEnter && !shiftKey);
}

function getQuery(): MediaQueryList | undefined {
  return typeof matchMedia === 'function' ? matchMedia(TOUCH_QUERY) : undefined;
}

function isTouchDevice(): boolean {
  return getQuery()?.matches ?? false;
}

function subscribe(listener: () => void): () => void {
  const query = getQuery();
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
}
