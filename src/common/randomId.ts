const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns the prefix followed by 24 random letters and digits. */
export function randomId(prefix: string): string {
  let id = '';
  while (id.length < 24) {
    // crypto.randomUUID is missing on pages served over http; getRandomValues is not.
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // `charAt` returns '' for the two values beyond the alphabet, so all characters are equally likely.
      id += ALPHABET.charAt(byte & 63);
    }
  }
  return prefix + id.slice(0, 24);
}
