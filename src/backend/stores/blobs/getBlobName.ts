/**
 * Returns the name under which a blob store keeps a file: the SHA-256 hash of the id, in a folder named after its first two
 * digits. Ids of imported files have any length and any characters, and some file systems ignore case.
 */
export async function getBlobName(fileId: string): Promise<string> {
  const bytes = new TextEncoder().encode(fileId);
  const hash = toHex(await crypto.subtle.digest('SHA-256', bytes));
  return `${hash.slice(0, 2)}/${hash}`;
}

/** Returns bytes as hexadecimal digits. */
export function toHex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
