/** Kind of a preview, found by the content: names and media types may be wrong. */
export type PreviewKind =
  { kind: 'text'; text: string; isTruncated: boolean } | { kind: 'image' | 'pdf' | 'none' };

/** A browser shows a longer text slowly. */
const TEXT_LIMIT_BYTES = 200_000;

/** First bytes of images that all browsers show. SVG files are shown as text. */
const IMAGE_SIGNATURES = [/^\x89PNG/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF[^]{4}WEBP/];

/** Finds out how the content of a file can be shown. */
export async function readPreview(content: Blob): Promise<PreviewKind> {
  const bytes = new Uint8Array(await content.slice(0, TEXT_LIMIT_BYTES).arrayBuffer());
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (bytes.length === 0) return { kind: 'none' };
  if (head.startsWith('%PDF-')) return { kind: 'pdf' };
  if (IMAGE_SIGNATURES.some((signature) => signature.test(head))) return { kind: 'image' };
  const isTruncated = content.size > TEXT_LIMIT_BYTES;
  const text = decodeText(bytes, isTruncated);
  return text === undefined ? { kind: 'none' } : { kind: 'text', text, isTruncated };
}

/** Returns the text of UTF-8 bytes, or undefined if they are not a text. */
function decodeText(bytes: Uint8Array, isTruncated: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    // With `stream`, a character that the limit has cut passes.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isTruncated });
  } catch {
    return undefined;
  }
}
