/** Text of more UTF-16 units than this is shown plain. */
export const MAX_TEXT = 256_000;
/** Quotes and lists nested deeper than this are shown plain: parsers recurse, and some overflow the stack on 4 kB of `>`. */
export const MAX_DEPTH = 64;
/** A table with more columns or cells than this is shown plain. */
export const MAX_COLUMNS = 100;
export const MAX_CELLS = 2_500;
/** A paragraph of more UTF-16 units or marks than this is shown plain: emphasis and escapes cost the square of their marks. */
const MAX_INLINE = 8_000;
const MAX_MARKS = 400;

const CONTAINERS = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;

/** Whether text is too deeply nested, or a table too wide, to be parsed. Takes time linear in the text. */
export function isTooComplex(text: string): boolean {
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    if (end - start > MAX_COLUMNS && countOf(text, '|', start, end) > MAX_COLUMNS * 4) return true;
    if (lineDepth(text, start, end) > MAX_DEPTH) return true;
    start = end + 1;
  }
  return false;
}

/** Whether the inline marks of a paragraph are worth parsing. */
export function isTooDense(text: string): boolean {
  if (text.length > MAX_INLINE) return true;
  let marks = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '*' || character === '_' || character === '~' || character === '[' || character === '\\') marks += 1;
  }
  return marks > MAX_MARKS;
}

function lineDepth(text: string, start: number, end: number): number {
  // Two columns of indentation open one list at most, so a line can only be this deep if it is that long.
  if (end - start <= MAX_DEPTH) return 0;
  let indent = 0;
  while (start + indent < end && isBlank(text[start + indent])) indent += 1;
  const markers = CONTAINERS.exec(text.slice(start + indent, Math.min(end, start + indent + 2_000)))?.[0];
  if (markers === undefined) return 0;
  return Math.floor(indent / 2) + markers.replace(/[\s\d]/g, '').length;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function countOf(text: string, character: string, start: number, end: number): number {
  let count = 0;
  for (let index = text.indexOf(character, start); index !== -1 && index < end; index = text.indexOf(character, index + 1)) count += 1;
  return count;
}
