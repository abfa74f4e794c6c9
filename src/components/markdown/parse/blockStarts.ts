import type { ColumnAlignment } from './tokens.js';

// What the lines of blocks look like, blanks before them taken away. Patterns are anchored and read each character once.

/** Reads `## Words ##`. */
export function readHeading(rest: string): { level: number; text: string } | undefined {
  const level = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0].length;
  if (level === undefined) return undefined;
  const text = rest.slice(level).trim();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  // Number signs that end a word are a part of it: `C#`.
  const isClosed = end === 0 || /[ \t]/.test(text.charAt(end - 1));
  return { level, text: isClosed ? text.slice(0, end).trim() : text };
}

/** Reads the line below the words of a heading, and gives its level. */
export function readUnderline(rest: string): number | undefined {
  return /^=+[ \t]*$/.test(rest) ? 1 : /^-+[ \t]*$/.test(rest) ? 2 : undefined;
}

export function isRule(rest: string): boolean {
  return /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(rest);
}

/** Reads the line that begins a block of code, and what it says of it. */
export function readFence(rest: string): { fence: string; info: string } | undefined {
  const fence = /^(?:`{3,}(?!.*`)|~{3,})/.exec(rest)?.[0];
  return fence === undefined ? undefined : { fence, info: rest.slice(fence.length).trim() };
}

export function closesFence(rest: string, fence: string): boolean {
  const mark = rest.trimEnd();
  return mark.startsWith(fence) && mark === fence.charAt(0).repeat(mark.length);
}

/** Reads the mark of an item: a bullet, or a number and what stands behind it. */
export function readItemMark(rest: string): { mark: string; number: number | undefined } | undefined {
  const found = /^(?:[-*+]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(rest);
  return found === null ? undefined : { mark: found[0], number: found[1] === undefined ? undefined : Number(found[1]) };
}

/** Reads the line below the header of a table. */
export function readColumns(rest: string): (ColumnAlignment | undefined)[] | undefined {
  const line = rest.trimEnd();
  if (!line.includes('|') || !/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(line)) return undefined;
  return readCells(line).map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
    return cell.startsWith(':') ? 'left' : undefined;
  });
}

/** Takes a row apart. Pipes at its ends may be left out; one behind a backslash is text, in code as well. */
export function readCells(row: string): string[] {
  const cells = row.trim().split(/(?<!\\)\|/);
  if (cells.length > 1 && cells[0] === '') cells.shift();
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What ends a block of raw HTML, by what begins it. */
const RAW: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];
/** A tag that begins a line at whose end one ends. A line break alone is no block. */
const TAGS = /^<\/?(?!br\b)[a-z][a-z\d-]*(?=[\s/>]).*>\s*$/i;

/** Reads the line that begins raw HTML. `end` is what its last line has in it; undefined where a blank line ends it. */
export function readHtml(rest: string, isInText: boolean): { end: RegExp | undefined } | undefined {
  const end = RAW.find(([start]) => start.test(rest))?.[1];
  return end !== undefined || (!isInText && TAGS.test(rest)) ? { end } : undefined;
}
