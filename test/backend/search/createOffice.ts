import { strToU8, zipSync } from 'fflate';

/** Parts of an Office file, by their names. */
export type Parts = Readonly<Record<string, string | Uint8Array>>;

/** Creates an Office file from its parts. */
export function createOffice(parts: Parts): Uint8Array<ArrayBuffer> {
  const files = Object.fromEntries(
    Object.entries(parts).map(([name, content]) => [
      name,
      typeof content === 'string' ? strToU8(content) : content,
    ]),
  );
  return Uint8Array.from(zipSync(files));
}

/** Creates a document with the content of its body. */
export function createDocx(body: string, more: Parts = {}): Uint8Array<ArrayBuffer> {
  return createOffice({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

/** Creates a paragraph of a document. */
export const paragraph = (text: string): string =>
  `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

const relations = (targets: readonly string[]): string =>
  `<Relationships>${targets.map((target, index) => `<Relationship Id="rId${index + 1}" Target="${target}"/>`).join('')}</Relationships>`;

/** Creates a presentation. The files of the slides are numbered in the reverse order. */
export function createPptx(
  slides: readonly { text: string; notes?: string }[],
): Uint8Array<ArrayBuffer> {
  const names = slides.map((_, index) => `slide${slides.length - index}.xml`);
  const content = (text: string) => `<p:sld><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`;
  return createOffice({
    'ppt/presentation.xml': `<p:presentation><p:sldIdLst>${names.map((_, index) => `<p:sldId r:id="rId${index + 1}" id="${256 + index}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(names.map((name) => `slides/${name}`)),
    ...Object.fromEntries(
      slides.flatMap(({ text, notes }, index) => [
        [`ppt/slides/${names[index]}`, content(text)],
        ...(notes === undefined
          ? []
          : [
              [
                `ppt/slides/_rels/${names[index]}.rels`,
                relations([`../notesSlides/notes${index}.xml`]),
              ],
              [`ppt/notesSlides/notes${index}.xml`, content(notes)],
            ]),
      ]),
    ),
  });
}

/** Creates a workbook from the rows of its sheets, by their names. Rows are XML. */
export function createXlsx(
  sheets: Readonly<Record<string, string>>,
  { texts = '', styles = '', workbook = '' } = {},
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(sheets);
  return createOffice({
    'xl/workbook.xml': `<workbook>${workbook}<sheets>${names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      names.map((_, index) => `/xl/worksheets/sheet${index + 1}.xml`),
    ),
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  });
}
