import Papa from 'papaparse';
import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';
import type { TextWriter } from './createTextWriter.js';
import type { FileLimits } from './fileLimits.js';

const CHUNK_LENGTH = 65_536;

/**
 * Converts a CSV or TSV table to text with one line per row: `tea: green; minutes: 2`. Every row names its columns, so that a
 * passage from the middle of the table can be understood. The first row is the header. The delimiter is detected.
 */
export async function csvToText(
  csv: string,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  let header: string[] | undefined;
  let rowCount = 0;
  await parseInChunks(csv, async (rows) => {
    for (const row of rows) {
      if (row.length > limits.columns) writer.omit('columns');
      const cells = row.slice(0, limits.columns);
      if (header === undefined) {
        header = cells;
        continue;
      }
      rowCount += 1;
      if (rowCount > limits.rows) {
        writer.omit('rows');
        return false;
      }
      if (!(await writer.write(`${formatRow(header, cells)}\n`))) return false;
    }
    return true;
  });
  if (rowCount === 0 && header !== undefined) await writer.write(header.join('; '));
}

/**
 * Parses a table in chunks and yields to the event loop after each one.
 * @param onRows Resolves with false to stop.
 */
function parseInChunks(csv: string, onRows: (rows: string[][]) => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(csv, {
      skipEmptyLines: 'greedy',
      chunkSize: CHUNK_LENGTH,
      chunk({ data }: Papa.ParseResult<string[]>, parser: Papa.Parser) {
        parser.pause();
        onRows(data)
          .then(async (continues) => {
            await yieldToEventLoop();
            if (continues) parser.resume();
            else parser.abort();
          })
          .catch(reject);
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

function formatRow(header: readonly string[], cells: readonly string[]): string {
  return cells.flatMap((cell, index) => formatCell(header[index], cell)).join('; ');
}

/** Returns a list with the formatted cell, or an empty list for an empty cell. */
function formatCell(column: string | undefined, cell: string): string[] {
  const value = cell.trim();
  if (value === '') return [];
  const name = column?.trim() ?? '';
  return [name === '' ? value : `${name}: ${value}`];
}
