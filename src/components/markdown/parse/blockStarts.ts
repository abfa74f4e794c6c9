import type { ColumnAlignment } from './tokens.js';

// Patterns for lines that start blocks, without leading white space. They are anchored and visit each character once.

/** Reads `## Heading ##`. */
export function readHeading(rest: string): { level: number; text: string } | undefined {
  const level = /^#{1,6}(?=[ \t]|$)/.exec(rest)?.[0].length;
  if (level === undefined) return undefined;
  // Number signs at the end of a word are part of it: `C#`.
  const text = rest
    .slice(level)
    .trim()
    .replace(/(?:^|[ \t])#+$/, '');
  return { level, text: text.trim() };
}

/** Reads the underline of a heading and returns its level. */
export function readUnderline(rest: string): number | undefined {
  if (!/^(?:=+|-+)[ \t]*$/.test(rest)) return undefined;
  return rest.startsWith('=') ? 1 : 2;
}

export function isRule(rest: string): boolean {
  return /^([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(rest);
}

/** Reads the opening fence of a code block and its info string. */
export function readFence(rest: string): { fence: string; info: string } | undefined {
  const fence = /^(?:`{3,}(?!.*`)|~{3,})/.exec(rest)?.[0];
  return fence === undefined ? undefined : { fence, info: rest.slice(fence.length).trim() };
}

export function closesFence(rest: string, fence: string): boolean {
  const found = readFence(rest);
  return found?.info === '' && found.fence.startsWith(fence);
}

/** Reads the marker of a list item: a bullet, or a number with its delimiter. */
export function readItemMark(rest: string): string | undefined {
  return isRule(rest) ? undefined : /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/.exec(rest)?.[0];
}

/** Reads the delimiter row of a table. */
export function readColumns(rest: string): (ColumnAlignment | undefined)[] | undefined {
  const line = rest.trimEnd();
  if (!line.includes('|') || !/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(line))
    return undefined;
  return readCells(line).map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
    return cell.startsWith(':') ? 'left' : undefined;
  });
}

/** Splits a row into cells. Outer pipes are optional. An escaped pipe is text, in code too. */
export function readCells(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The end of a block of raw HTML, by its start. */
const RAW: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];
/** Matches a line that starts with a tag and ends with one. A line break alone is not a block. */
const TAGS = /^<\/?(?!br\b)[a-z][a-z\d-]*(?=[\s/>]).*>\s*$/i;

/** Reads the first line of raw HTML. `end` matches its last line. Undefined if a blank line ends it. */
export function readHtml(rest: string, isInText: boolean): { end: RegExp | undefined } | undefined {
  const end = RAW.find(([start]) => start.test(rest))?.[1];
  return end !== undefined || (!isInText && TAGS.test(rest)) ? { end } : undefined;
}
