/** The first bytes of the kinds of image that models take. */
const KINDS: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['image/png', /^\u0089PNG/],
  ['image/jpeg', /^\u00FF\u00D8\u00FF/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
];
const PIECE = 0x8000;

/** An image as a data URL; undefined for bytes that are none. Told by its bytes, since names are whatever people type. */
export function imageUrl(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const kind = KINDS.find(([, pattern]) => pattern.test(head));
  if (kind === undefined) return undefined;
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PIECE)
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return `data:${kind[0]};base64,${btoa(binary)}`;
}
