import type { Table } from './parse/tokens.js';

/** A table whose cells are Markdown. */
export type TableSource = Pick<Table, 'columns' | 'rows'>;

const RULES = { left: ':--', center: ':-:', right: '--:' };

/** Returns a table as Markdown. */
export function formatTable({ columns, rows }: TableSource): string {
  const [head = [], ...body] = rows;
  const rule = head.map((_, index) => RULES[columns[index] ?? 'left']);
  return [formatRow(head), formatLine(rule), ...body.map(formatRow)].join('\n');
}

function formatRow(cells: readonly string[]): string {
  return formatLine(cells.map((cell) => cell.replaceAll('|', '\\|')));
}

function formatLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
