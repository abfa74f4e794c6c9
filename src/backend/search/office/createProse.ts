import type { XmlHandler } from './readXml.js';

/** Elements whose content is not text: settings, older states of the document, and copies for older programs. */
const HIDDEN = new Set(['pPr', 'rPr', 'Fallback', 'moveFrom', 'del']);
const BREAKS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['br', '\n'],
  ['cr', '\n'],
  ['noBreakHyphen', '-'],
]);

/**
 * Creates a handler for documents and slides, which have the same elements for text: paragraphs become lines, and rows of tables
 * lines whose cells are separated by tabs.
 */
export function createProse(): XmlHandler & { takeText(): string } {
  let text = '';
  /** Depth of open elements with text, and of cells. */
  let runs = 0;
  let cells = 0;
  /** Outermost hidden element. Elements of the same name inside of it are counted. */
  let hidden: { name: string; depth: number } | undefined;

  return {
    open(name) {
      if (hidden?.name === name) hidden.depth += 1;
      else if (hidden === undefined && HIDDEN.has(name)) hidden = { name, depth: 1 };
      if (hidden !== undefined) return;
      if (name === 't') runs += 1;
      else if (name === 'tc') cells += 1;
      text += BREAKS.get(name) ?? '';
    },
    close(name) {
      if (hidden !== undefined) {
        if (hidden.name === name) hidden.depth -= 1;
        if (hidden.depth === 0) hidden = undefined;
        return;
      }
      if (name === 't') runs = Math.max(runs - 1, 0);
      // The paragraphs of a cell stay on the line of its row.
      else if (name === 'p') text += cells > 0 ? ' ' : '\n';
      else if (name === 'tc') {
        cells = Math.max(cells - 1, 0);
        text += '\t';
      } else if (name === 'tr') text += '\n';
    },
    text(added) {
      if (runs > 0 && hidden === undefined) text += added;
    },
    /** Returns the text since the last call. */
    takeText() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}
