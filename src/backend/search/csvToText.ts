import { yieldToEventLoop } from '../../common/yieldToEventLoop.js';
import type { TextWriter } from './createTextWriter.js';
import type { FileLimits } from './fileLimits.js';
import { formatTableRow } from './formatTableRow.js';
import { readTable } from './readTable.js';

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
  for (const row of readTable(csv, limits.columns)) {
    if (row === undefined) {
      await yieldToEventLoop();
      continue;
    }
    if (row.isCut) writer.omit('columns');
    if (header === undefined) {
      header = row.cells;
      continue;
    }
    rowCount += 1;
    if (rowCount > limits.rows) return writer.omit('rows');
    if (!(await writer.write(`${formatTableRow(header, row.cells)}\n`))) return;
  }
  if (rowCount === 0 && header !== undefined) await writer.write(header.join('; '));
}
