import Papa from 'papaparse';
import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';

/**
 * A table as text, a line a row: `tea: green; minutes: 2`. Each row names its columns, so that a passage from the middle of
 * the table can be understood. The first row is the header; the separator is found out.
 */
export async function csvText(csv: string): Promise<string> {
  const lines: string[] = [];
  let header: string[] | undefined;
  await eachPart(csv, (rows) => {
    for (const row of rows) {
      if (header === undefined) header = row;
      else lines.push(row.flatMap((cell, index) => named(header?.[index], cell)).join('; '));
    }
  });
  return lines.length === 0 ? (header ?? []).join('; ') : lines.join('\n');
}

/** The rows of a table, part by part, with a breath between the parts. */
function eachPart(csv: string, take: (rows: string[][]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(csv, {
      skipEmptyLines: 'greedy',
      chunkSize: 262_144,
      chunk({ data }: Papa.ParseResult<string[]>, parser: Papa.Parser) {
        take(data);
        parser.pause();
        void yieldToEventLoop().then(() => parser.resume());
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

function named(column: string | undefined, cell: string): string[] {
  const value = cell.trim();
  if (value === '') return [];
  const name = column?.trim() ?? '';
  return [name === '' ? value : `${name}: ${value}`];
}
