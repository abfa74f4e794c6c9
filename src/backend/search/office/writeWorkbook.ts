import type { TextWriter } from '../createTextWriter.js';
import type { FileLimits } from '../fileLimits.js';
import { formatTableRow } from '../formatTableRow.js';
import { createCellFormats } from './createCellFormats.js';
import { createSheetReader, readSharedTexts } from './createSheetReader.js';
import type { OfficeParts } from './openParts.js';
import { readRelations } from './readRelations.js';
import { readXml } from './readXml.js';

/** Main part of workbooks. */
export const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const STYLES = 'xl/styles.xml';
const SHARED_TEXTS = 'xl/sharedStrings.xml';

/**
 * Writes the sheets of a workbook as CSV tables are written: the name of the sheet, then one line per row with the names of its
 * columns, which are in the first row with several cells. Dates are written as ISO dates, formulas as their last results.
 */
export async function writeWorkbook(
  parts: OfficeParts,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  const texts = parts.read([WORKBOOK, RELATIONS, STYLES, SHARED_TEXTS]);
  const { sheets, isFrom1904 } = await readSheets(texts.get(WORKBOOK) ?? '');
  const targets = await readRelations(texts.get(RELATIONS), 'xl/');
  const reading = {
    formatNumber: await createCellFormats(texts.get(STYLES), isFrom1904),
    sharedTexts: await readSharedTexts(texts.get(SHARED_TEXTS) ?? ''),
    columns: limits.columns,
    maxLength: limits.textLength,
  };
  const counts = { rows: 0, cells: 0 };
  const written = new Set<string>();
  for (const { name, relationId } of sheets) {
    const part = targets.get(relationId) ?? '';
    if (written.has(part)) continue;
    written.add(part);
    const xml = parts.read([part]).get(part);
    if (xml === undefined) continue;
    if (!(await writer.write(`${name}\n`))) return;
    if (!(await writeSheet(xml, createSheetReader(reading), { writer, limits, counts }))) return;
    if (!(await writer.write('\n'))) return;
  }
}

interface SheetEffects {
  writer: TextWriter;
  limits: FileLimits;
  /** Rows and cells of all sheets so far. */
  counts: { rows: number; cells: number };
}

/** Resolves with false if a limit was reached. */
async function writeSheet(
  xml: string,
  reader: ReturnType<typeof createSheetReader>,
  { writer, limits, counts }: SheetEffects,
): Promise<boolean> {
  let header: string[] | undefined;
  let hasRoom = true;

  async function writeRow(cells: string[]): Promise<boolean> {
    const filled = cells.filter((cell) => cell.trim() !== '');
    counts.rows += 1;
    counts.cells += filled.length;
    if (counts.rows > limits.rows) writer.omit('rows');
    else if (counts.cells > limits.cells) writer.omit('cells');
    else if (header !== undefined) return writer.write(`${formatTableRow(header, cells)}\n`);
    else {
      if (filled.length > 1) header = cells;
      return writer.write(`${filled.join('; ')}\n`);
    }
    return false;
  }

  await readXml(xml, reader, async () => {
    if (reader.isCut()) writer.omit('columns');
    for (const cells of reader.takeRows()) {
      hasRoom &&= await writeRow(cells);
      if (!hasRoom) return false;
    }
    // Also yields if the slice had no rows.
    return writer.write('');
  });
  return hasRoom;
}

interface Sheet {
  name: string;
  relationId: string;
}

async function readSheets(xml: string): Promise<{ sheets: Sheet[]; isFrom1904: boolean }> {
  const sheets: Sheet[] = [];
  let isFrom1904 = false;
  await readXml(xml, {
    open(name, attributes) {
      if (name === 'sheet')
        sheets.push({
          name: attributes.get('name') ?? '',
          relationId: attributes.get('r:id') ?? '',
        });
      if (name === 'workbookPr') isFrom1904 = /^(?:1|true)$/.test(attributes.get('date1904') ?? '');
    },
  });
  return { sheets, isFrom1904 };
}
