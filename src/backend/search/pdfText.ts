import { extractText, getDocumentProxy } from 'unpdf';

/** The text of a PDF, an empty line between pages. Throws when it is none, is damaged, or is locked. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  // Copied: pdf.js takes the buffer away from its owner. Neither eval nor fonts of the system are needed for text.
  const document = await getDocumentProxy(bytes.slice(), { isEvalSupported: false, useSystemFonts: false, verbosity: 0 });
  try {
    const { text } = await extractText(document, { mergePages: false });
    return text.join('\n\n');
  } finally {
    await document.destroy();
  }
}
