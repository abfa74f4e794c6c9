import { readCells, readColumns } from './blockStarts.js';
import { readDefinition } from './targets.js';
import type { Block, Definitions } from './tokens.js';
import { unescape } from './unescape.js';

/** An open block of lines. */
export type Leaf = {
  /** Lines without the markers and indentation of their containers. */
  lines: string[];
} & (
  | { type: 'paragraph' | 'table' | 'indented' }
  | { type: 'fenced'; fence: string; info: string; indent: number }
  | { type: 'html'; end: RegExp | undefined }
);

/** Tables with more columns or cells are rendered as plain text. */
const MAX_COLUMNS = 100;
const MAX_CELLS = 2_500;

/**
 * Turns the lines of a closed leaf into blocks: several if link definitions precede a paragraph.
 *
 * @param isOpen The leaf was closed by the end of a growing text.
 */
export function finishLeaf(leaf: Leaf, isOpen: boolean): Block[] {
  switch (leaf.type) {
    case 'paragraph':
      return isOpen && isHeader(leaf.lines)
        ? [tableOf(leaf.lines, isOpen)]
        : paragraphOf(leaf.lines, isOpen);
    case 'table':
      return [tableOf(leaf.lines, isOpen)];
    case 'indented':
      return [
        {
          type: 'code',
          text: leaf.lines
            .slice(0, leaf.lines.findLastIndex((line) => line.trim() !== '') + 1)
            .join('\n'),
          info: '',
        },
      ];
    case 'fenced':
      return [{ type: 'code', text: leaf.lines.join('\n'), info: unescape(leaf.info) }];
    case 'html':
      return [{ type: 'plain', text: leaf.lines.join('\n') }];
  }
}

function paragraphOf(lines: readonly string[], isOpen: boolean): Block[] {
  const text = lines.join('\n').trim();
  const links: Definitions['links'] = [];
  let at = 0;
  for (
    let definition = readDefinition(text, at);
    definition !== undefined;
    definition = readDefinition(text, at)
  ) {
    links.push(definition.value);
    at = definition.end;
  }
  const blocks: Block[] = links.length === 0 ? [] : [{ type: 'definitions', links }];
  if (at < text.length) blocks.push({ type: 'paragraph', text: text.slice(at), isOpen });
  return blocks;
}

/** Tells if a paragraph is the header of a table whose second line has not arrived yet. */
function isHeader(lines: readonly string[]): boolean {
  return lines.length === 1 && lines[0]?.startsWith('|') === true;
}

function tableOf(
  [header = '', rule = '|-'.repeat(readCells(header).length), ...others]: readonly string[],
  isOpen: boolean,
): Block {
  const columns = readColumns(rule) ?? [];
  const lines = [header, ...others];
  if (columns.length > MAX_COLUMNS || columns.length * lines.length > MAX_CELLS)
    return { type: 'plain', text: [header, rule, ...others].join('\n') };
  const rows = lines.map(readCells);
  const isWithinCell = isOpen && !lines.at(-1)?.trimEnd().endsWith('|');
  return {
    type: 'table',
    columns,
    rows: rows.map((cells) => columns.map((_, column) => cells[column] ?? '')),
    openColumn: isWithinCell ? (rows.at(-1)?.length ?? 0) - 1 : undefined,
  };
}
