/**
 * Decodes a text file as UTF-8, as UTF-16 if it has a byte order mark, or else as Windows-1252. Returns undefined for binary
 * files.
 *
 * @param isTruncated Ignores half a character at the end.
 */
export function decodeText(bytes: Uint8Array, isTruncated = false): string | undefined {
  const options = { stream: isTruncated };
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return new TextDecoder('utf-16le').decode(bytes, options);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return new TextDecoder('utf-16be').decode(bytes, options);
  // Images, archives and programs contain control characters that no text has, usually in their first bytes.
  if (bytes.some((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte))) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, options);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Control characters that occur in text: bell, backspace, tab to carriage return, escape. */
const TEXT_CONTROLS = new Set([0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);
