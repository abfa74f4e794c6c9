/** Bytes that arrive in chunks. */
export interface ByteBuffer {
  add(chunk: Uint8Array): void;
  /** Number of bytes that were added and not taken. */
  getLength(): number;
  /** Returns all bytes and removes them. */
  take(): Uint8Array<ArrayBuffer>;
}

/**
 * Joins chunks of bytes. Copies each chunk at once instead of keeping it: a body that arrives byte by byte would need a hundred
 * times its size.
 */
export function createByteBuffer(): ByteBuffer {
  let bytes = new Uint8Array();
  let length = 0;

  function reserve(needed: number): void {
    if (needed <= bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * bytes.length));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  }

  return {
    add(chunk) {
      reserve(length + chunk.length);
      bytes.set(chunk, length);
      length += chunk.length;
    },
    getLength: () => length,
    take() {
      const taken = bytes.subarray(0, length);
      bytes = new Uint8Array();
      length = 0;
      return taken;
    },
  };
}
