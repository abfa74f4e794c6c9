/** Elements whose text is only changed by `updateText`. */
const managedElements = new WeakSet<Node>();

/**
 * Sets the text of an element. Changes only what follows the common start, so that a selection in it stays. Replaces the elements
 * that a browser translation has put in place of the text.
 */
export function updateText(element: HTMLElement, text: string): void {
  managedElements.add(element);
  const node = getTextNode(element);
  if (node === undefined) {
    element.textContent = text;
    return;
  }
  const start = getCommonLength(node.data, text);
  const isChanged = start < node.length || start < text.length;
  if (isChanged) node.replaceData(start, node.length - start, text.slice(start));
}

/**
 * Replaces the text nodes of an element that `updateText` manages by equal ones. Programs that translate pages notice new nodes,
 * but not that text has become translatable.
 */
export function renewTextNodes(root: HTMLElement): void {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = managedElements.has(node) ? getTextNode(node) : undefined;
    text?.replaceWith(text.data);
  }
}

/** Returns the only child of an element if it is a text node. */
function getTextNode({ firstChild, lastChild }: Node): Text | undefined {
  const isOnlyChild = firstChild !== null && firstChild === lastChild;
  return isOnlyChild && isText(firstChild) ? firstChild : undefined;
}

/** Unlike `instanceof`, this works for nodes of another window. */
function isText(node: Node): node is Text {
  return node.nodeType === Node.TEXT_NODE;
}

function getCommonLength(before: string, after: string): number {
  if (after.startsWith(before)) return before.length;
  let length = 0;
  while (length < before.length && before[length] === after[length]) length += 1;
  return length;
}
