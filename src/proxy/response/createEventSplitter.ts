import { createByteBuffer } from '../../common/createByteBuffer.js';

const LF = 10;
const CR = 13;

/** Splits an event stream between its events. */
export interface EventSplitter {
  /** Returns the bytes of all events that the chunk completes. Undefined if it completes none. */
  push(chunk: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
  /** Returns the bytes of an event without its end. Undefined if there are none. */
  flush(): Uint8Array<ArrayBuffer> | undefined;
  /** Number of bytes that wait for the end of their event. */
  getWaitingBytes(): number;
}

/** Creates a splitter. An event ends with an empty line, and lines end with LF, CR or CRLF. Each byte is looked at once. */
export function createEventSplitter(): EventSplitter {
  const waiting = createByteBuffer();
  let isLineEmpty = true;
  let isAfterReturn = false;

  /** Returns the position after the last event that ends in the chunk, or 0. */
  function findEnd(chunk: Uint8Array): number {
    let end = 0;
    for (const [index, byte] of chunk.entries()) {
      if (byte === LF && isAfterReturn) {
        // The second half of a CRLF belongs to the line that the CR has ended.
        if (end === index && index > 0) end = index + 1;
        isAfterReturn = false;
        continue;
      }
      const isLineEnd = byte === LF || byte === CR;
      if (isLineEnd && isLineEmpty) end = index + 1;
      isLineEmpty = isLineEnd;
      isAfterReturn = byte === CR;
    }
    return end;
  }

  const take = () => (waiting.getLength() === 0 ? undefined : waiting.take());

  return {
    push(chunk) {
      const end = findEnd(chunk);
      waiting.add(chunk.subarray(0, end));
      const complete = end === 0 ? undefined : take();
      waiting.add(chunk.subarray(end));
      return complete;
    },
    flush: take,
    getWaitingBytes: () => waiting.getLength(),
  };
}
