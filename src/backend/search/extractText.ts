import { decodeText } from './decodeText.js';
import type { TextWriter } from './createTextWriter.js';
import type { FileLimits } from './fileLimits.js';

const ZIP_START = 'PK\u0003\u0004';
/** Start of files of old Office programs, and of encrypted files of new ones. */
const OLD_OFFICE_START = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Writes the text of a file: plain text, markdown, HTML, JSON, CSV, PDF, docx, pptx or xlsx. Office files are detected
 * by their first bytes, other formats by the file name, or by the first bytes if the name has no known extension. The
 * parser of each format is loaded when it is first needed. Problems are reported to the writer, and never throw.
 */
export async function extractText(
  filename: string,
  bytes: Uint8Array,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  const extension = /\.(\w+)$/.exec(filename.slice(-20).toLowerCase())?.[1] ?? '';
  try {
    if (bytes.length > limits.fileBytes) writer.omit('fileBytes');
    else if (extension === 'pdf' || startsWith(bytes, '%PDF-'))
      await extractPdf(bytes, writer, limits);
    else if (startsWith(bytes, ZIP_START)) await extractOffice(bytes, writer, limits);
    else if (OLD_OFFICE_START.every((byte, index) => bytes[index] === byte))
      writer.omit('oldOffice');
    else await extractDecoded(extension, bytes, writer, limits);
  } catch {
    // A damaged file must not fail the run.
    writer.omit('damaged');
  }
}

async function extractPdf(
  bytes: Uint8Array,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  if (limits.inflatedBytes === 0) return writer.omit('noWorker');
  const { pdfToText } = await import('./pdfToText.js');
  await pdfToText(bytes, writer, limits);
}

async function extractOffice(
  bytes: Uint8Array,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  if (limits.inflatedBytes === 0) return writer.omit('noWorker');
  const { officeToText } = await import('./office/officeToText.js');
  writer.start();
  await officeToText(bytes, writer, limits);
}

async function extractDecoded(
  extension: string,
  bytes: Uint8Array,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  const isTruncated = bytes.length > limits.decodedBytes;
  const text = decodeText(bytes.subarray(0, limits.decodedBytes), isTruncated);
  if (text === undefined) return writer.omit('format');
  await convertToText(extension, text, writer, limits);
  if (isTruncated) writer.omit('decodedBytes');
}

async function convertToText(
  extension: string,
  text: string,
  writer: TextWriter,
  limits: FileLimits,
): Promise<void> {
  switch (extension) {
    case 'json':
    case 'jsonl':
    case 'ndjson': {
      const { jsonToText, parseJsonFile } = await import('./jsonToText.js');
      writer.start();
      const document = parseJsonFile(text, limits);
      // Text that is not JSON, or exceeds its limits, is still text.
      if (document === undefined) await writer.write(text);
      else await jsonToText(document.value, writer);
      break;
    }
    case 'csv':
    case 'tsv': {
      const { csvToText } = await import('./csvToText.js');
      writer.start();
      await csvToText(text, writer, limits);
      break;
    }
    default: {
      if (!isHtml(extension, text)) {
        await writer.write(text);
        break;
      }
      const { htmlToText } = await import('./htmlToText.js');
      writer.start();
      await htmlToText(text, writer);
    }
  }
}

function isHtml(extension: string, text: string): boolean {
  if (['html', 'htm', 'xhtml'].includes(extension)) return true;
  return /^\s*<(?:!doctype html|html[\s>])/i.test(text.slice(0, 1000));
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return new TextEncoder().encode(text).every((byte, index) => bytes[index] === byte);
}
