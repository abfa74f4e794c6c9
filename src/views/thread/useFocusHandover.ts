import { useLayoutEffect } from 'react';

/**
 * Hands the focus to the first field of what appears in a thread, and to the composer when it goes: never away from a person
 * who writes or reads elsewhere, and never into nothing.
 *
 * @param id Of the element that appears with the component and goes with it.
 */
export function useFocusHandover(id: string): void {
  useLayoutEffect(() => {
    const appeared = document.getElementById(id);
    const composer = appeared?.closest('[data-part="thread"]')?.querySelector<HTMLTextAreaElement>('textarea[data-part="composer-input"]');
    if (isIdle(composer)) appeared?.querySelector<HTMLElement>(FIELD)?.focus({ preventScroll: true });
    return () => {
      if (appeared?.contains(document.activeElement) || isIdle(composer)) composer?.focus({ preventScroll: true });
    };
  }, [id]);
}

const FIELD = 'textarea, select, input:not([type="radio"])';

function isIdle(composer: HTMLTextAreaElement | null | undefined): boolean {
  // A touch keyboard that comes up by itself would cover what is asked for.
  if (typeof matchMedia === 'function' && matchMedia('(hover: none)').matches) return false;
  const { activeElement } = document;
  return activeElement === document.body || (activeElement !== null && activeElement === composer && composer.value === '');
}
