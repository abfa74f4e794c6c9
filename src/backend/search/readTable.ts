/** Row of a table. */
export interface TableRow {
  /** The first cells of the row, up to the limit. */
  cells: string[];
  /** True if the row has more cells. */
  isCut: boolean;
}

/** Text that is parsed between two pauses, in UTF-16 units. */
const SLICE_LENGTH = 65_536;
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Yields the rows of a CSV or TSV table without blank ones, and undefined where the caller can pause. Each character is
 * read once, also with unusual quotation marks, because users upload any text as a table. A quotation mark that is not
 * closed reaches to the end.
 */
export function* readTable(csv: string, maxColumns: number): Generator<TableRow | undefined> {
  const delimiter = detectDelimiter(csv);
  const cellEnd = new RegExp(`[${delimiter}\r\n]`, 'g');
  let row: TableRow = { cells: [], isCut: false };
  let position = 0;
  let pausePosition = SLICE_LENGTH;
  while (position < csv.length) {
    const { text, end } = readCell(csv, position, cellEnd);
    if (row.cells.length < maxColumns) row.cells.push(text);
    else row.isCut = true;
    if (csv[end] !== delimiter) {
      if (!isBlank(row)) yield row;
      row = { cells: [], isCut: false };
    }
    position = end + 1;
    if (position >= pausePosition) {
      pausePosition = position + SLICE_LENGTH;
      yield undefined;
    }
  }
  if (!isBlank(row)) yield row;
}

function isBlank({ cells }: TableRow): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}

/** Reads the cell at a position. Returns its text and the position of the delimiter or the line end after it. */
function readCell(csv: string, start: number, cellEnd: RegExp): { text: string; end: number } {
  const quoted = csv[start] === '"' ? readQuoted(csv, start) : undefined;
  const from = quoted?.end ?? start;
  cellEnd.lastIndex = from;
  const end = cellEnd.test(csv) ? cellEnd.lastIndex - 1 : csv.length;
  return { text: (quoted?.text ?? '') + csv.slice(from, end), end };
}

/** Reads text in quotation marks, in which two of them stand for one. Returns the position after it. */
function readQuoted(csv: string, start: number): { text: string; end: number } {
  let text = '';
  let from = start + 1;
  while (true) {
    const quote = csv.indexOf('"', from);
    if (quote === -1) return { text: text + csv.slice(from), end: csv.length };
    if (csv[quote + 1] !== '"') return { text: text + csv.slice(from, quote), end: quote + 1 };
    text += csv.slice(from, quote + 1);
    from = quote + 2;
  }
}

/** Returns the delimiter that is most frequent in the first line with one, outside of quotation marks. */
function detectDelimiter(csv: string): string {
  const start = csv.slice(0, SLICE_LENGTH).replace(/"[^"]*"/g, '');
  const line = start.split(/[\r\n]/).find((one) => DELIMITERS.some((mark) => one.includes(mark)));
  const count = (mark: string) => (line ?? '').split(mark).length;
  return DELIMITERS.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
