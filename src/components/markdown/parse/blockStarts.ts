import type { ColumnAlignment } from './tokens.js';

// What the lines of blocks look like, blanks before them taken away. Patterns are anchored and read each character once.

/** Reads `## Words ##`. */
export function readHeading(rest: string): { level: number; text: string } | undefined {
  const level = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0].length;
  if (level === undefined) return undefined;
  // Number signs that end a word are a part of it: `C#`.
  const text = rest
    .slice(level)
    .trim()
    .replace(/(?:^|[ \t])#+$/, '');
  return { level, text: text.trim() };
}

/** Reads the line below the words of a heading, and gives its level. */
export function readUnderline(rest: string): number | undefined {
  if (!/^(?:=+|-+)[ \t]*$/.test(rest)) return undefined;
  return rest.startsWith('=') ? 1 : 2;
}

export function isRule(rest: string): boolean {
  return /^([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(rest);
}

/** Reads the line that begins a block of code, and what it says of it. */
export function readFence(rest: string): { fence: string; info: string } | undefined {
  const fence = /^(?:`{3,}(?!.*`)|~{3,})/.exec(rest)?.[0];
  return fence === undefined ? undefined : { fence, info: rest.slice(fence.length).trim() };
}

export function closesFence(rest: string, fence: string): boolean {
  const found = readFence(rest);
  return found?.info === '' && found.fence.startsWith(fence);
}

/** Reads the mark of an item: a bullet of one character, or a number and what stands behind it. */
export function readItemMark(rest: string): string | undefined {
  return isRule(rest) ? undefined : /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/.exec(rest)?.[0];
}

/** Reads the line below the header of a table. */
export function readColumns(rest: string): (ColumnAlignment | undefined)[] | undefined {
  const line = rest.trimEnd();
  if (!line.includes('|') || !/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(line))
    return undefined;
  return readCells(line).map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
    return cell.startsWith(':') ? 'left' : undefined;
  });
}

/** Takes a row apart. Pipes at its ends may be left out; one behind a backslash is text, in code as well. */
export function readCells(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/);
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
