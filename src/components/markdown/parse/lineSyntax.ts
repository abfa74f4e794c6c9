import type { ColumnAlignment } from './tokens.js';

// Functions that recognize the lines of blocks. `content` is a line without leading white space. Expressions are anchored and
// visit each character once.

/** Reads a heading: `## Text ##`. */
export function readHeading(content: string): { level: number; text: string } | undefined {
  const level = /^#{1,6}(?=[ \t]|$)/.exec(content)?.[0].length;
  if (level === undefined) return undefined;
  // Number signs at the end of a word belong to it: `C#`.
  const text = content
    .slice(level)
    .trim()
    .replace(/(?:^|[ \t])#+$/, '');
  return { level, text: text.trim() };
}

/** Reads the line below the text of a heading. Returns the level of the heading. */
export function readHeadingUnderline(content: string): number | undefined {
  if (!/^(?:=+|-+)[ \t]*$/.test(content)) return undefined;
  return content.startsWith('=') ? 1 : 2;
}

export function isThematicBreak(content: string): boolean {
  return /^([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(content);
}

/** Reads the opening fence of a code block. */
export function readFence(content: string): { fence: string; info: string } | undefined {
  const fence = /^(?:`{3,}(?!.*`)|~{3,})/.exec(content)?.[0];
  return fence === undefined ? undefined : { fence, info: content.slice(fence.length).trim() };
}

export function isClosingFence(content: string, openingFence: string): boolean {
  const found = readFence(content);
  return found?.info === '' && found.fence.startsWith(openingFence);
}

/** Reads the marker of a list item: a bullet, or a number and a delimiter. Typographic bullets need no space after them. */
export function readListMarker(content: string): string | undefined {
  if (isThematicBreak(content)) return undefined;
  return /^(?:(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)|[•‣◦⁃▪▫●○■□](?![•‣◦⁃▪▫●○■□]))/.exec(content)?.[0];
}

/** Reads the row of hyphens below the header of a table. */
export function readDelimiterRow(content: string): (ColumnAlignment | undefined)[] | undefined {
  const row = content.trimEnd();
  if (!row.includes('|') || !/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/.test(row))
    return undefined;
  return splitRow(row).map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right';
    return cell.startsWith(':') ? 'left' : undefined;
  });
}

/** Splits a table row into cells. Pipes at its ends are optional. An escaped pipe is text, also in code. */
export function splitRow(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Starts of raw HTML blocks that may contain blank lines, and what their last lines contain. */
const RAW_HTML: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];
/** Matches a line that starts and ends with a tag. A line break is not a block. */
const TAG_LINE = /^<\/?(?!br\b)[a-z][a-z\d-]*(?=[\s/>]).*>\s*$/i;

/**
 * Reads the first line of a raw HTML block.
 *
 * @param isInParagraph Tags do not interrupt a paragraph.
 * @returns `end` matches the last line of the block. If it is undefined, the block ends before a blank line.
 */
export function readHtml(
  content: string,
  isInParagraph: boolean,
): { end: RegExp | undefined } | undefined {
  const end = RAW_HTML.find(([start]) => start.test(content))?.[1];
  return end !== undefined || (!isInParagraph && TAG_LINE.test(content)) ? { end } : undefined;
}
