/** Image types that models accept, with the pattern of their first bytes. */
const IMAGE_TYPES: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['image/png', /^\u0089PNG/],
  ['image/jpeg', /^\u00FF\u00D8\u00FF/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
];
const CHUNK_BYTES = 0x8000;

/**
 * Returns an image as a data URL, or undefined if the bytes are not an image. Detects the type from the bytes, because file names
 * may have no or a wrong extension.
 */
export function toImageDataUrl(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const match = IMAGE_TYPES.find(([, pattern]) => pattern.test(head));
  if (match === undefined) return undefined;
  let binary = '';
  // In chunks, because the number of arguments of a call is limited.
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES));
  return `data:${match[0]};base64,${btoa(binary)}`;
}
