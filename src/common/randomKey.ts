/** 32 random hex digits. Not crypto.randomUUID, which pages served over plain http are not given. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
