// A thread may be rendered in a shadow root or, through a portal, in another document. There, the global `document` neither
// finds its elements nor knows the focused one, and `instanceof` is false for elements of another window.

/** Document or shadow root that contains an element. */
export type TreeRoot = Document | ShadowRoot;

/** Returns the document or shadow root that contains a node, or the document of a node that is not in a page. */
export function getTreeRoot(node: Node): TreeRoot {
  const root = node.getRootNode();
  return isTreeRoot(root) ? root : (node.ownerDocument ?? document);
}

function isTreeRoot(node: Node): node is TreeRoot {
  return 'activeElement' in node && 'getElementById' in node;
}

/** Moves the focus to the element with an id in the document or shadow root of a node. */
export function focusById(node: Node | null | undefined, id: string): void {
  if (node) getTreeRoot(node).getElementById(id)?.focus();
}

/** Returns true if an element in another one, or the other one itself, has the focus. */
export function containsFocus(element: Element): boolean {
  return element.contains(getTreeRoot(element).activeElement);
}

/** Returns true if no element has the focus. */
export function isFocusNowhere(node: Node): boolean {
  const page = node.ownerDocument;
  return !page?.activeElement || page.activeElement === page.body;
}

/** Returns the nodes where the selection of the user starts and ends. Empty if nothing is selected. */
export function getSelectedNodes(element: Element): Node[] {
  const selection = element.ownerDocument.getSelection();
  if (!selection) return [];
  const root = getTreeRoot(element);
  // In a document, the host of a shadow root stands for the nodes inside.
  if (!('host' in root)) {
    const { isCollapsed, anchorNode, focusNode } = selection;
    return isCollapsed ? [] : [anchorNode, focusNode].filter((node) => node !== null);
  }
  const [range] = selection.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
  return range && !range.collapsed ? [range.startContainer, range.endContainer] : [];
}
