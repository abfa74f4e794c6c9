import { foldText } from '../../../common/foldText.js';

/** Name of the highlight in the stylesheet. */
const HIGHLIGHT = 'assistants-search';
/** Maximum number of marked places, because a text of one letter has thousands. */
const MAX_RANGES = 500;

/**
 * Marks a row, and in browsers that can do so without changing the page, the words in it. Returns a function that removes the
 * marks.
 */
export function highlightHit(row: HTMLElement, query: string): () => void {
  row.dataset['searchHit'] = '';
  const ranges = findRanges(row, foldText(query).trim());
  const removeRanges = addToHighlight(row.ownerDocument.defaultView ?? window, ranges);
  return () => {
    delete row.dataset['searchHit'];
    removeRanges();
  };
}

/** Adds ranges to the highlight, which all threads of the page share. Returns a function that removes them. */
function addToHighlight(page: Window & typeof globalThis, ranges: readonly Range[]): () => void {
  // The row may be in another window, whose registry is its own. Older browsers have none.
  const { CSS: css, Highlight: PageHighlight } = page;
  const highlights = typeof PageHighlight === 'function' ? css.highlights : undefined;
  if (!highlights) return () => undefined;
  const highlight = highlights.get(HIGHLIGHT) ?? new PageHighlight();
  for (const range of ranges) highlight.add(range);
  highlights.set(HIGHLIGHT, highlight);
  return () => {
    for (const range of ranges) highlight.delete(range);
    if (highlight.size === 0) highlights.delete(HIGHLIGHT);
  };
}

/** Returns the places of a folded text within the text nodes of a row. */
function findRanges(row: HTMLElement, words: string): Range[] {
  const ranges: Range[] = [];
  const walker = row.ownerDocument.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = foldText(node.nodeValue ?? '');
    // Folding that changes the length moves the places. Then only the row is marked.
    if (words === '' || text.length !== node.nodeValue?.length) continue;
    for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
      if (ranges.length >= MAX_RANGES) return ranges;
      const range = row.ownerDocument.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      ranges.push(range);
    }
  }
  return ranges;
}
