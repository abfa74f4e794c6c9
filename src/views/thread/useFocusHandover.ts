import { useLayoutEffect, useRef } from 'react';

/**
 * Hands the focus to what waits for the person in an element of a thread, its first field where there is one, or else to its
 * last button; and to the composer when nothing waits any more: never away from a person who writes or reads elsewhere, and
 * never into nothing.
 *
 * @param id Of the element.
 * @param wanted What waits; undefined for nothing.
 */
export function useFocusHandover(id: string, wanted: string | undefined): void {
  const before = useRef<string>(undefined);
  const given = useRef<{ element: HTMLElement; value: unknown }>(undefined);
  useLayoutEffect(() => {
    const isOver = wanted === undefined && before.current === undefined;
    before.current = wanted;
    if (isOver) return;
    const element = document.getElementById(id);
    const composer = element
      ?.closest('[data-part="thread"]')
      ?.querySelector<HTMLTextAreaElement>('textarea[data-part="composer-input"]');
    // Where it was handed before and nothing has been written, nobody is disturbed.
    const isUntouched =
      given.current?.element === document.activeElement &&
      valueOf(given.current?.element) === given.current?.value;
    if (!isIdle(composer) && !isUntouched) return;
    const next = wanted === undefined ? composer : placeIn(element);
    next?.focus({ preventScroll: true });
    given.current = next ? { element: next, value: valueOf(next) } : undefined;
  }, [id, wanted]);
}

const FIELD = 'textarea, select, input:not([type="radio"])';

function placeIn(element: HTMLElement | null): HTMLElement | null | undefined {
  const waiting = element?.querySelector<HTMLElement>('[data-waiting]');
  if (!waiting) return [...(element?.querySelectorAll('button') ?? [])].at(-1);
  return waiting.querySelector<HTMLElement>(FIELD) ?? waiting.querySelector('form') ?? waiting;
}

function valueOf(element: HTMLElement | undefined): unknown {
  return element && 'value' in element ? element.value : undefined;
}

function isIdle(composer: HTMLTextAreaElement | null | undefined): boolean {
  // A touch keyboard that comes up by itself would cover what is asked for.
  if (typeof matchMedia === 'function' && matchMedia('(hover: none)').matches) return false;
  const { activeElement } = document;
  return (
    activeElement === document.body ||
    (activeElement !== null && activeElement === composer && composer.value === '')
  );
}
