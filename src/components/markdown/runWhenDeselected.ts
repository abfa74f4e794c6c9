/**
 * Runs a function that replaces text, unless the user has selected a part of it: then as soon as it is no longer selected.
 *
 * @returns Function that cancels.
 */
export function runWhenDeselected(element: Element, run: () => void): () => void {
  const { ownerDocument } = element;
  const stop = (): void => ownerDocument.removeEventListener('selectionchange', tryToRun);
  function tryToRun(): void {
    if (isSelected(element)) return;
    stop();
    run();
  }
  ownerDocument.addEventListener('selectionchange', tryToRun);
  tryToRun();
  return stop;
}

function isSelected(element: Element): boolean {
  const selection = element.ownerDocument.getSelection();
  return selection?.isCollapsed === false && selection.containsNode(element, true);
}
