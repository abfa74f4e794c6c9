const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The prefix and 24 random letters and digits. */
export function randomId(prefix: string): string {
  let id = '';
  while (id.length < 24) {
    // randomUUID is missing on pages without TLS; this is not.
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // The two values past the last letter give nothing, so all letters are equally likely.
      id += LETTERS.charAt(byte & 63);
    }
  }
  return prefix + id.slice(0, 24);
}
