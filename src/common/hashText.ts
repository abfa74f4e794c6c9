/**
 * Returns a short hash of a text (32-bit djb2, base 36), to tell texts apart in a key. Not for security: collisions are easy to
 * construct.
 */
export function hashText(text: string): string {
  let hash = 5381;
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(hash, 33) + text.charCodeAt(index)) | 0;
  return (hash >>> 0).toString(36);
}
