/** Bytes that are converted at a time, so that the arguments of a call stay few. */
const CHUNK_BYTES = 8_192;

/** Encodes values as base64. */
export function encodeBytes(values: Int8Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.length);
  let text = '';
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  return btoa(text);
}
