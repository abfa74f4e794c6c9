/** Formats a row of a table with the names of its columns: `tea: green; minutes: 2`. Empty cells are left out. */
export function formatTableRow(header: readonly string[], cells: readonly string[]): string {
  return cells.flatMap((cell, index) => formatCell(header[index], cell)).join('; ');
}

/** Returns a list with the formatted cell, or an empty list for an empty cell. */
function formatCell(column: string | undefined, cell: string): string[] {
  const value = cell.trim();
  if (value === '') return [];
  const name = column?.trim() ?? '';
  return [name === '' ? value : `${name}: ${value}`];
}
