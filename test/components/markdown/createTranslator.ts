export interface TranslatorOptions {
  /** Translates also what is marked `translate="no"`, as some browser extensions do. */
  ignoresAttribute?: boolean;
  /** Translates only added nodes and changed text, as observers of mutations do. Otherwise, searches the whole page each time. */
  isIncremental?: boolean;
}

/** Simulates a browser translation, which replaces text nodes by `<font><font>…</font></font>`. Translates to upper case. */
export function createTranslator(
  root: HTMLElement,
  { ignoresAttribute = false, isIncremental = false }: TranslatorOptions = {},
): { translate: () => void; stop: () => void } {
  const pending = new Set<Node>([root]);
  const collect = (records: readonly MutationRecord[]): void => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'characterData') pending.add(target);
      for (const node of addedNodes) pending.add(node);
    }
  };
  const observer = new MutationObserver(collect);
  const isTranslatable = (text: Text): boolean => {
    const parent = text.parentElement;
    if (parent === null || !root.contains(text) || text.data.trim() === '') return false;
    if (parent.closest('font, style, script, textarea') !== null) return false;
    return ignoresAttribute || parent.closest('[translate="no"]') === null;
  };
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  return {
    translate() {
      collect(observer.takeRecords());
      const nodes = isIncremental ? [...pending] : [root];
      pending.clear();
      for (const text of nodes.flatMap(findTexts).filter(isTranslatable)) {
        const inner = document.createElement('font');
        inner.textContent = text.data.toUpperCase();
        const outer = document.createElement('font');
        outer.append(inner);
        text.replaceWith(outer);
      }
      observer.takeRecords();
    },
    stop: () => observer.disconnect(),
  };
}

function findTexts(node: Node): Text[] {
  if (node instanceof Text) return [node];
  const texts: Text[] = [];
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let next = walker.nextNode(); next !== null; next = walker.nextNode())
    if (next instanceof Text) texts.push(next);
  return texts;
}
