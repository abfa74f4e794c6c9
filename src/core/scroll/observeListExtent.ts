import type { RowRange } from './rowRange.js';

/**
 * Has all of a list in the page where a browser wants to see it: before it prints, and when it begins to search. Nothing tells
 * a page of a search that is begun from the browser's menu, and nothing when one ends: a press or a key in the page does.
 * Returns how to stop.
 */
export function observeListExtent(setExtent: (extent: RowRange['extent']) => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    const isModifier = event.key === 'Control' || event.key === 'Meta' || event.key === 'Shift';
    if (isSearch(event)) setExtent('text');
    else if (!isModifier) setExtent('window');
  };
  const onPress = () => setExtent('window');
  const onPrint = () => setExtent('rows');
  const watching = new AbortController();
  const options = { capture: true, signal: watching.signal };
  window.addEventListener('keydown', onKey, options);
  window.addEventListener('pointerdown', onPress, options);
  window.addEventListener('beforeprint', onPrint, options);
  window.addEventListener('afterprint', onPress, options);
  return () => watching.abort();
}

function isSearch({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (altKey) return false;
  return key === 'F3' || ((ctrlKey || metaKey) && (key === 'f' || key === 'g'));
}
