import { useEffect } from 'react';

/** Runs actions of single keys, except while the user types in a field or a dialog is open. */
export function useShortcuts(actions: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      const isWriting =
        target instanceof HTMLElement &&
        target.closest('input, textarea, select, [contenteditable]');
      if (
        isWriting ||
        document.querySelector('dialog[open]') !== null ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        !Object.hasOwn(actions, event.key)
      )
        return;
      event.preventDefault();
      actions[event.key]?.();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [actions]);
}
