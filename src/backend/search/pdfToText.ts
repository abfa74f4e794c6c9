import { getDocumentProxy } from 'unpdf';
import { createYielder } from '../../common/yieldToEventLoop.js';

/**
 * Returns the text of a PDF, with an empty line between pages.
 *
 * @throws If the bytes are not a PDF, or if it is damaged or encrypted.
 */
export async function pdfToText(bytes: Uint8Array): Promise<string> {
  // pdf.js detaches the buffer that it receives, so it gets a copy. Text extraction needs neither eval nor system fonts.
  const document = await getDocumentProxy(bytes.slice(), {
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: 0,
  });
  const yieldIfDue = createYielder();
  const pages: string[] = [];
  try {
    // Pages are read in sequence. Reading them in parallel would block the event loop until all are done.
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const texts = items.map((item) =>
        'str' in item ? item.str + (item.hasEOL ? '\n' : '') : '',
      );
      pages.push(texts.join(''));
      page.cleanup();
      await yieldIfDue();
    }
    return pages.join('\n\n');
  } finally {
    await document.destroy();
  }
}
