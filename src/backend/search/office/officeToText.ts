import type { TextWriter } from '../createTextWriter.js';
import type { FileLimits } from '../fileLimits.js';
import { createProse } from './createProse.js';
import { type OfficeParts, OfficeSizeError, openParts } from './openParts.js';
import { readRelations } from './readRelations.js';
import { readXml } from './readXml.js';
import { WORKBOOK, writeWorkbook } from './writeWorkbook.js';

/** Main parts of documents. Some programs add a number. */
const DOCUMENT = /^word\/document\d*\.xml$/;
const PRESENTATION = 'ppt/presentation.xml';

/**
 * Writes the text of a document (`.docx`), a presentation (`.pptx`) or a workbook (`.xlsx`). The format is detected by the parts
 * of the file. Other zip files are reported.
 *
 * @throws Error if the file is damaged
 */
export async function officeToText(
  bytes: Uint8Array,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  try {
    const parts = openParts(bytes, limits.inflatedBytes);
    const document = parts.names.find((name) => DOCUMENT.test(name));
    if (document !== undefined) await writeDocument(document, parts, writer);
    else if (parts.names.includes(PRESENTATION)) await writeSlides(parts, writer, limits);
    else if (parts.names.includes(WORKBOOK)) await writeWorkbook(parts, writer, limits);
    else writer.omit('format');
  } catch (error) {
    if (!(error instanceof OfficeSizeError)) throw error;
    writer.omit('inflatedBytes');
  }
}

/** Writes a document, and its notes and comments below it. */
async function writeDocument(name: string, parts: OfficeParts, writer: TextWriter): Promise<void> {
  const notes = ['footnotes', 'endnotes', 'comments'].map((part) => `word/${part}.xml`);
  const texts = parts.read([name, ...notes]);
  if (!texts.has(name)) throw new Error('The document cannot be read.');
  for (const part of [name, ...notes]) if (!(await writeProse(texts.get(part), writer))) return;
}

/** Writes the slides in their order, each with the notes of its speaker. */
async function writeSlides(
  parts: OfficeParts,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  const slides = await listSlides(parts);
  if (slides.length > limits.pages) writer.omit('pages');
  for (const slide of slides.slice(0, limits.pages)) {
    const relations = slide.replace(/([^/]+)$/, '_rels/$1.rels');
    const texts = parts.read([slide, relations]);
    const targets = await readRelations(texts.get(relations), 'ppt/slides/');
    const notes = [...targets.values()].filter((target) => target.startsWith('ppt/notesSlides/'));
    for (const text of [texts.get(slide), ...parts.read(notes).values()])
      if (!(await writeProse(text, writer))) return;
  }
}

async function listSlides(parts: OfficeParts): Promise<string[]> {
  const relations = 'ppt/_rels/presentation.xml.rels';
  const texts = parts.read([PRESENTATION, relations]);
  const targets = await readRelations(texts.get(relations), 'ppt/');
  const slides: string[] = [];
  const findTarget = (id: string) => targets.get(id) ?? [];
  await readXml(texts.get(PRESENTATION) ?? '', {
    open(name, attributes) {
      if (name === 'sldId') slides.push(...[...attributes.values()].flatMap(findTarget));
    },
  });
  return [...new Set(slides)];
}

/** Writes the text of a part, and an empty line. Resolves with false if the writer is full. */
async function writeProse(xml: string | undefined, writer: TextWriter): Promise<boolean> {
  if (xml === undefined) return true;
  const prose = createProse();
  let hasRoom = true;
  await readXml(xml, prose, async () => {
    hasRoom = await writer.write(prose.takeText());
    return hasRoom;
  });
  return hasRoom && writer.write('\n\n');
}
