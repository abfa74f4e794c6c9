import Papa from 'papaparse';

/**
 * A table as text, a line a row: `tea: green; minutes: 2`. Each row names its columns, so that a passage from the middle of
 * the table can be understood. The first row is the header; the separator is found out.
 */
export function csvText(csv: string): string {
  const [header = [], ...rows] = Papa.parse<string[]>(csv, { skipEmptyLines: 'greedy' }).data;
  if (rows.length === 0) return header.join('; ');
  return rows.map((row) => row.flatMap((cell, index) => named(header[index], cell)).join('; ')).join('\n');
}

function named(column: string | undefined, cell: string): string[] {
  const value = cell.trim();
  if (value === '') return [];
  const name = column?.trim() ?? '';
  return [name === '' ? value : `${name}: ${value}`];
}
