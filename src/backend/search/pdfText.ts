import { getDocumentProxy } from 'unpdf';
import { createYielder } from '../../common/yieldToEventLoop.js';

/** The text of a PDF, an empty line between pages. Throws when it is none, is damaged, or is locked. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  // Copied: pdf.js takes the buffer away from its owner. Neither eval nor fonts of the system are needed for text.
  const document = await getDocumentProxy(bytes.slice(), {
    isEvalSupported: false,
    useSystemFonts: false,
    verbosity: 0,
  });
  const pause = createYielder();
  const pages: string[] = [];
  try {
    // One after another: all at once, they are read in one go.
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(
        items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
      );
      page.cleanup();
      await pause();
    }
    return pages.join('\n\n');
  } finally {
    await document.destroy();
  }
}
