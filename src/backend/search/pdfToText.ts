import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { TextWriter } from './createTextWriter.js';
import type { FileLimits } from './fileLimits.js';
import { limitAllocations } from './worker/limitAllocations.js';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;
/** Piece of the text of a page. */
type TextPiece = Awaited<ReturnType<PdfPage['getTextContent']>>;

/**
 * Writes the text of a PDF, with an empty line between pages. Call it in a worker only: pdf.js does not yield to the event
 * loop while it reads a page, and a page of a few bytes can keep it busy for hours.
 *
 * @throws If the bytes are not a PDF, or if it is damaged or encrypted.
 */
export async function pdfToText(
  bytes: Uint8Array,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  await getResolvedPDFJS();
  writer.start();
  // pdf.js detaches the buffer that it receives, so it gets a copy.
  const copy = bytes.slice();
  const allocations = limitAllocations(limits.inflatedBytes, () => writer.omit('inflatedBytes'));
  try {
    // Text extraction needs neither eval nor system fonts.
    const document = await getDocumentProxy(copy, {
      isEvalSupported: false,
      useSystemFonts: false,
      verbosity: 0,
    });
    try {
      if (document.numPages > limits.pages) writer.omit('pages');
      const last = Math.min(document.numPages, limits.pages);
      for (let number = 1; number <= last; number++) {
        const continues = await writePage(document, number, writer);
        if (!continues || allocations.isExceeded()) return;
      }
    } finally {
      await document.destroy();
    }
  } catch (error) {
    if (!allocations.isExceeded()) throw error;
  } finally {
    allocations.release();
  }
}

/** Writes a page. A damaged page is left out. Resolves with false if the text has its maximum length. */
async function writePage(
  document: PdfDocument,
  number: number,
  writer: TextWriter,
): Promise<boolean> {
  try {
    const page = await document.getPage(number);
    // Read piece by piece, because the text of one page can exceed all limits.
    // pdf.js declares the stream without the type of its pieces.
    const stream = page.streamTextContent() as ReadableStream<TextPiece>;
    const reader = stream.getReader();
    while (true) {
      const { done, value } = await reader.read();
      if (done) break;
      if (await writer.write(formatItems(value.items))) continue;
      await reader.cancel(new Error('The text has its maximum length.'));
      return false;
    }
    page.cleanup();
    return await writer.write('\n\n');
  } catch {
    writer.omit('damaged');
    return true;
  }
}

function formatItems(items: TextPiece['items']): string {
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}
