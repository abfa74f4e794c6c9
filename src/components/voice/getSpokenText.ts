import { isElement } from '../../common/isElement.js';

/** Content that is left out: code, buttons, numbers of citations. */
const SKIPPED = 'button, pre, sup, svg, [data-part="hidden"], [data-part="code-block"]';

const BLOCKS = new Set(['P', 'LI', 'TR', 'BLOCKQUOTE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'DIV']);

/** Returns the text of an element as it is read aloud: a line for each block. */
export function getSpokenText(element: Element): string {
  let text = '';
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.nodeValue ?? '';
    if (!isElement(child) || child.matches(SKIPPED)) continue;
    text += getSpokenText(child);
    if (BLOCKS.has(child.tagName)) text += '\n';
    else if (child.tagName === 'TD' || child.tagName === 'TH') text += ', ';
  }
  return text;
}

/** Browsers stop in the middle of long texts. */
const PIECE_LENGTH = 200;

/** Splits a text into pieces that are spoken one after the other: at the ends of sentences, or at spaces in long ones. */
export function splitSpokenText(text: string): string[] {
  const sentences = text
    .split(/\n+|(?<=[.!?…])\s+|(?<=[。！？])\s*/u)
    .map((sentence) => sentence.trim());
  const pieces: string[] = [];
  for (const sentence of sentences) {
    let rest = sentence;
    while (rest.length > PIECE_LENGTH) {
      const space = rest.lastIndexOf(' ', PIECE_LENGTH);
      const end = space > 0 ? space : PIECE_LENGTH;
      pieces.push(rest.slice(0, end));
      rest = rest.slice(end).trim();
    }
    if (/[\p{L}\p{N}]/u.test(rest)) pieces.push(rest);
  }
  return pieces;
}
