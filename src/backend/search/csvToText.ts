import Papa from 'papaparse';
import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';

const CHUNK_LENGTH = 262_144;

/**
 * Converts a CSV or TSV table to text with one line per row: `tea: green; minutes: 2`. Every row names its columns, so that a
 * passage from the middle of the table can be understood. The first row is the header. The delimiter is detected.
 */
export async function csvToText(csv: string): Promise<string> {
  const lines: string[] = [];
  let header: string[] | undefined;
  await parseInChunks(csv, (rows) => {
    for (const row of rows) {
      if (header === undefined) header = row;
      else lines.push(row.flatMap((cell, index) => formatCell(header?.[index], cell)).join('; '));
    }
  });
  return lines.length === 0 ? (header ?? []).join('; ') : lines.join('\n');
}

/** Parses a table in chunks and yields to the event loop after each one. */
function parseInChunks(csv: string, onRows: (rows: string[][]) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(csv, {
      skipEmptyLines: 'greedy',
      chunkSize: CHUNK_LENGTH,
      chunk({ data }: Papa.ParseResult<string[]>, parser: Papa.Parser) {
        onRows(data);
        parser.pause();
        void yieldToEventLoop().then(() => parser.resume());
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

/** Returns a list with the formatted cell, or an empty list for an empty cell. */
function formatCell(column: string | undefined, cell: string): string[] {
  const value = cell.trim();
  if (value === '') return [];
  const name = column?.trim() ?? '';
  return [name === '' ? value : `${name}: ${value}`];
}
