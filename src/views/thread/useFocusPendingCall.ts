'use client';
import { useLayoutEffect, useRef } from 'react';
import { getTreeRoot, isFocusNowhere } from '../../common/treeRoot.js';
import { findComposer } from './findComposer.js';

interface FocusedElement {
  element: HTMLElement;
  /** Value at the time it received the focus. */
  value: unknown;
}

/**
 * Moves the focus to a call that needs input: to its first field, to its form if that takes the focus, or to the last
 * button of the list. Moves it back to the composer when no call needs input. Does neither while the user types or has
 * moved the focus elsewhere.
 *
 * @param list The list of calls. Null while there is none.
 * @param pendingKey Key of the call that needs input. Undefined if there is none.
 */
export function useFocusPendingCall(
  list: HTMLElement | null,
  pendingKey: string | undefined,
): void {
  const previousKey = useRef<string>(undefined);
  const lastFocused = useRef<FocusedElement>(undefined);
  useLayoutEffect(() => {
    const isIdle = pendingKey === undefined && previousKey.current === undefined;
    previousKey.current = list === null ? undefined : pendingKey;
    if (isIdle || list === null) return;
    const composer = findComposer(list);
    if (!isComposerUnused(list, composer) && !isUntouched(lastFocused.current)) return;
    const target = pendingKey === undefined ? composer : findFocusTarget(list);
    target?.focus({ preventScroll: true });
    lastFocused.current = target ? { element: target, value: readValue(target) } : undefined;
  }, [list, pendingKey]);
}

const FIELD = 'textarea, select, input:not([type="radio"])';

function findFocusTarget(list: HTMLElement): HTMLElement | undefined {
  const call = list.querySelector<HTMLElement>('[data-waiting]');
  if (!call) return [...list.querySelectorAll('button')].at(-1);
  return (
    call.querySelector<HTMLElement>(FIELD) ??
    call.querySelector<HTMLElement>('form[tabindex]') ??
    call
  );
}

/** Returns true if an element that this hook has focused still has the focus, and the user has not typed in it. */
function isUntouched(focused: FocusedElement | undefined): boolean {
  return (
    focused !== undefined &&
    focused.element === getTreeRoot(focused.element).activeElement &&
    focused.value === readValue(focused.element)
  );
}

/** Returns true if the focus is nowhere, or in an empty composer. */
function isComposerUnused(list: HTMLElement, composer: HTMLTextAreaElement | undefined): boolean {
  // On touch devices, the on-screen keyboard would open and cover the call.
  if (typeof matchMedia === 'function' && matchMedia('(hover: none)').matches) return false;
  if (isFocusNowhere(list)) return true;
  return composer?.value === '' && getTreeRoot(composer).activeElement === composer;
}

function readValue(element: HTMLElement): unknown {
  return 'value' in element ? element.value : undefined;
}
