import { createYielder } from '../../common/yieldToEventLoop.js';
import { decodeText } from './decodeText.js';

/** Maximum number of bytes that are read of a text file. The rest is ignored. */
const MAX_BYTES = 32_000_000;
/** Text that is cleaned between two yields to the event loop, in UTF-16 units. The line at its end is completed. */
const SLICE_LENGTH = 262_144;

/**
 * Extracts the text of a file: plain text, markdown, HTML, JSON, CSV or PDF. The format is detected by the file name, or by the
 * first bytes if the name has no known extension. Returns undefined if the file has no text, such as an image, or cannot be
 * read. The parser of each format is loaded when it is first needed.
 */
export async function extractText(
  filename: string,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const extension = /\.(\w+)$/.exec(filename.toLowerCase())?.[1] ?? '';
  try {
    if (extension === 'pdf' || startsWith(bytes, '%PDF-')) {
      const { pdfToText } = await import('./pdfToText.js');
      return await cleanText(await pdfToText(bytes));
    }
    const text = decodeText(bytes.subarray(0, MAX_BYTES));
    if (text === undefined || text === '') return text;
    // A file that its parser rejects, such as deeply nested JSON, is still text.
    return await cleanText(await convertToText(extension, text).catch(() => text));
  } catch {
    // A damaged file must not fail the run, so it is skipped like an image.
    return undefined;
  }
}

async function convertToText(extension: string, text: string): Promise<string> {
  switch (extension) {
    case 'json':
    case 'jsonl':
    case 'ndjson': {
      const { jsonToText } = await import('./jsonToText.js');
      return (await jsonToText(text)) ?? text;
    }
    case 'csv':
    case 'tsv': {
      const { csvToText } = await import('./csvToText.js');
      return csvToText(text);
    }
    case 'html':
    case 'htm':
    case 'xhtml':
      return convertHtml(text);
    default:
      return /^\s*<(?:!doctype html|html[\s>])/i.test(text) ? convertHtml(text) : text;
  }
}

async function convertHtml(html: string): Promise<string> {
  const { htmlToText } = await import('./htmlToText.js');
  return htmlToText(html);
}

/** Normalizes line ends, removes invisible characters, and trims the end of each line. */
async function cleanText(text: string): Promise<string> {
  const yieldIfDue = createYielder();
  const slices: string[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = text.indexOf('\n', start + SLICE_LENGTH) + 1 || text.length;
    const visible = text
      .slice(start, end)
      .replace(/\r\n?/g, '\n')
      .replace(/\u00AD|\uFEFF|(?!\n|\t)\p{Cc}/gu, '');
    // A regular expression for trailing spaces takes quadratic time in long runs of spaces.
    const lines = visible.split('\n').map((line) => line.trimEnd());
    slices.push(lines.join('\n'));
    await yieldIfDue();
  }
  return slices.join('').trim();
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return new TextEncoder().encode(text).every((byte, index) => bytes[index] === byte);
}
