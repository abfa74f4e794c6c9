import { readDelimiterRow, splitRow } from './lineSyntax.js';
import { readDefinition } from './linkSyntax.js';
import type { Block, Definitions } from './tokens.js';

/** Open block that contains lines, not blocks. */
export type Leaf = {
  /** Lines without the markers and the indentation of their containers. */
  lines: string[];
} & (
  | { type: 'paragraph' | 'table' | 'indented' }
  | { type: 'fenced'; fence: string; info: string; indent: number }
  | { type: 'html'; end: RegExp | undefined }
);

/** Limits of tables. Larger tables are rendered as plain text. */
const MAX_COLUMNS = 100;
const MAX_CELLS = 2_500;

/**
 * Converts a leaf to blocks. A paragraph that starts with link definitions becomes two blocks.
 *
 * @param isUnfinished The leaf is the end of a growing text.
 */
export function finishLeaf(leaf: Leaf, isUnfinished: boolean): Block[] {
  switch (leaf.type) {
    case 'paragraph':
      return isUnfinished && isTableHeader(leaf.lines)
        ? [createTable(leaf.lines, isUnfinished)]
        : createParagraph(leaf.lines, isUnfinished);
    case 'table':
      return [createTable(leaf.lines, isUnfinished)];
    case 'indented':
      return [{ type: 'code', text: withoutTrailingBlankLines(leaf.lines).join('\n'), info: '' }];
    case 'fenced':
      return [{ type: 'code', text: leaf.lines.join('\n'), info: leaf.info }];
    case 'html':
      return [{ type: 'plain', text: leaf.lines.join('\n') }];
  }
}

function withoutTrailingBlankLines(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

function createParagraph(lines: readonly string[], isUnfinished: boolean): Block[] {
  const text = lines.join('\n').trim();
  const links: Definitions['links'] = [];
  let start = 0;
  for (
    let definition = readDefinition(text, start);
    definition !== undefined;
    definition = readDefinition(text, start)
  ) {
    links.push(definition.value);
    start = definition.end;
  }
  const blocks: Block[] = links.length === 0 ? [] : [{ type: 'definitions', links }];
  if (start < text.length)
    blocks.push({ type: 'paragraph', text: text.slice(start), isUnfinished });
  return blocks;
}

/** Returns true for a paragraph that becomes a table as soon as its second line arrives. */
function isTableHeader(lines: readonly string[]): boolean {
  return lines.length === 1 && lines[0]?.startsWith('|') === true;
}

function createTable(
  [header = '', delimiterRow = '|-'.repeat(splitRow(header).length), ...others]: readonly string[],
  isUnfinished: boolean,
): Block {
  const columns = readDelimiterRow(delimiterRow) ?? [];
  const lines = [header, ...others];
  if (columns.length > MAX_COLUMNS || columns.length * lines.length > MAX_CELLS)
    return { type: 'plain', text: [header, delimiterRow, ...others].join('\n') };
  const rows = lines.map(splitRow);
  const endsWithinCell = isUnfinished && !lines.at(-1)?.trimEnd().endsWith('|');
  return {
    type: 'table',
    columns,
    rows: rows.map((cells) => columns.map((_, column) => cells[column] ?? '')),
    unfinishedColumn: endsWithinCell ? (rows.at(-1)?.length ?? 0) - 1 : undefined,
  };
}
