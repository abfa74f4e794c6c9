import type { FormatNumber } from './createCellFormats.js';
import { readXml, type XmlHandler } from './readXml.js';

/** Options for `createSheetReader`. */
export interface SheetReading {
  formatNumber: FormatNumber;
  /** Texts that cells refer to by their index. */
  sharedTexts: readonly string[];
  /** Maximum number of columns. */
  columns: number;
  /** Maximum length of all rows. */
  maxLength: number;
}

/** Longest text of a cell that Excel can have. Many cells can refer to one text, so longer ones would need too much memory. */
const MAX_CELL_LENGTH = 32_767;

interface Cell {
  column: number;
  type: string;
  style: number;
  text: string;
}

/** Creates a handler for the cells of a sheet. */
export function createSheetReader({ formatNumber, sharedTexts, columns, maxLength }: SheetReading) {
  let rows: string[][] = [];
  let row: string[] = [];
  let cell: Cell | undefined;
  let isText = false;
  let length = 0;
  let isCut = false;

  function toText({ type, style, text }: Cell): string {
    if (type === 's') return sharedTexts[Number(text)] ?? '';
    if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
    return type === '' || type === 'n' ? formatNumber(text, style) : text;
  }

  function addCell(added: Cell): void {
    const text = toText(added);
    // The writer would cut off further text anyway.
    if (text === '' || length > maxLength) return;
    if (added.column >= columns) {
      isCut = true;
      return;
    }
    while (row.length < added.column) row.push('');
    row[added.column] = text;
    length += text.length;
  }

  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === 'c')
        cell = {
          column: readColumn(attributes.get('r')) ?? row.length,
          type: attributes.get('t') ?? '',
          style: Number(attributes.get('s') ?? 0),
          text: '',
        };
      // The value, or a text within the cell. Formulas are left out.
      isText = name === 'v' || name === 't';
    },
    close(name) {
      isText = false;
      if (name === 'c' && cell !== undefined) {
        addCell(cell);
        cell = undefined;
      } else if (name === 'row') {
        if (row.length > 0) rows.push(row);
        row = [];
      }
    },
    text(text) {
      if (isText && cell !== undefined && cell.text.length < MAX_CELL_LENGTH)
        cell.text += text.slice(0, MAX_CELL_LENGTH);
    },
  };

  return {
    ...handler,
    /** Returns the rows since the last call. */
    takeRows(): string[][] {
      const taken = rows;
      rows = [];
      return taken;
    },
    /** Returns true if a row had too many columns. */
    isCut: () => isCut,
  };
}

/** Returns the index of the column in the name of a cell, such as 27 for `AB7`. */
function readColumn(name: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(name ?? '')?.[0];
  if (letters === undefined) return undefined;
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Reads the texts that cells refer to, without the pronunciation of Japanese ones. */
export async function readSharedTexts(xml: string): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let isText = false;
  let isPronunciation = false;
  await readXml(xml, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPronunciation = true;
      isText = name === 't';
    },
    close(name) {
      isText = false;
      if (name === 'si') texts.push(text);
      else if (name === 'rPh') isPronunciation = false;
    },
    text(added) {
      if (isText && !isPronunciation && text.length < MAX_CELL_LENGTH)
        text += added.slice(0, MAX_CELL_LENGTH);
    },
  });
  return texts;
}
