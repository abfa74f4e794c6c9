import { createYielder } from '../../common/yieldToEventLoop.js';
import { decodeText } from './decodeText.js';

/** The most of a text file that is read. What follows is left out. */
const MOST_BYTES = 32_000_000;
/** How much is tidied before others may get their turn, in UTF-16 units and lines that are begun. */
const SLICE = 262_144;

/**
 * The text of a file: plain text of any kind, markdown, HTML, JSON, CSV, PDF. Told apart by name, and by their first bytes
 * where the name says nothing. Undefined for a file that has no text, such as a picture, or cannot be read. The reader of a
 * format is loaded with the first file that needs it.
 */
export async function extractText(
  filename: string,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const extension = /\.(\w+)$/.exec(filename.toLowerCase())?.[1] ?? '';
  try {
    if (extension === 'pdf' || startsWith(bytes, '%PDF-')) {
      const { pdfText } = await import('./pdfText.js');
      return await tidy(await pdfText(bytes));
    }
    const text = decodeText(bytes.subarray(0, MOST_BYTES));
    // What its reader cannot take, such as JSON nested without end, is still text.
    return text && (await tidy(await plain(extension, text).catch(() => text)));
  } catch {
    // Somebody's file is no reason for a run to fail: it is passed over, as a picture is.
    return undefined;
  }
}

async function plain(extension: string, text: string): Promise<string> {
  switch (extension) {
    case 'json':
    case 'jsonl':
    case 'ndjson':
      return (await (await import('./jsonText.js')).jsonText(text)) ?? text;
    case 'csv':
    case 'tsv':
      return (await import('./csvText.js')).csvText(text);
    case 'html':
    case 'htm':
    case 'xhtml':
      return (await import('./htmlText.js')).htmlText(text);
    default:
      return /^\s*<(?:!doctype html|html[\s>])/i.test(text)
        ? (await import('./htmlText.js')).htmlText(text)
        : text;
  }
}

/** One kind of line end, no characters that show nothing, no blanks at the end of a line. */
async function tidy(text: string): Promise<string> {
  const pause = createYielder();
  const parts: string[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = text.indexOf('\n', start + SLICE) + 1 || text.length;
    const part = text
      .slice(start, end)
      .replace(/\r\n?/g, '\n')
      .replace(/\u00AD|\uFEFF|(?!\n|\t)\p{Cc}/gu, '');
    // A pattern for blanks at the end would look through a long run of them again from each one.
    parts.push(
      part
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n'),
    );
    await pause();
  }
  return parts.join('').trim();
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return new TextEncoder().encode(text).every((byte, index) => bytes[index] === byte);
}
