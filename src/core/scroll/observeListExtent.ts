import type { RowRange } from './RowRange.js';

/**
 * Calls `setExtent` when the browser needs a whole list: 'rows' before it prints, 'text' when find-in-page starts.
 * Browsers send no event when find-in-page is opened from a menu, and none when it closes, so the next press or key in
 * the page counts as its end. Returns a function that stops observing.
 */
export function observeListExtent(
  list: HTMLElement,
  setExtent: (extent: RowRange['extent']) => void,
): () => void {
  // The list may be rendered into another window.
  const page = list.ownerDocument.defaultView ?? window;
  const onKey = (event: KeyboardEvent) => {
    const isModifier = event.key === 'Control' || event.key === 'Meta' || event.key === 'Shift';
    if (isFindShortcut(event)) setExtent('text');
    else if (!isModifier) setExtent('window');
  };
  const resetExtent = () => setExtent('window');
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  page.addEventListener('keydown', onKey, options);
  page.addEventListener('pointerdown', resetExtent, options);
  page.addEventListener('beforeprint', () => setExtent('rows'), options);
  page.addEventListener('afterprint', resetExtent, options);
  return () => listening.abort();
}

function isFindShortcut({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (altKey) return false;
  return key === 'F3' || ((ctrlKey || metaKey) && (key === 'f' || key === 'g'));
}
