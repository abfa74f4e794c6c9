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
  const root = element.getRootNode();
  if (selection === null) return false;
  if (!('host' in root) || !('getComposedRanges' in selection))
    return !selection.isCollapsed && selection.containsNode(element, true);
  // For the document, a selection within a shadow root is empty.
  const [selected] = selection.getComposedRanges({ shadowRoots: [root as ShadowRoot] });
  if (selected === undefined || selected.collapsed) return false;
  const range = element.ownerDocument.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  range.setEnd(selected.endContainer, selected.endOffset);
  return range.intersectsNode(element);
}
