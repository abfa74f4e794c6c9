import { createByteBuffer } from '../../common/createByteBuffer.js';
import type { Deadline } from '../createDeadline.js';
import { ProxyFailure } from '../ProxyFailure.js';

/** Limits for `readLimited`. */
export interface ReadLimits {
  maxBytes: number;
  /** Maximum time without data. */
  silenceMs: number;
  createTooLarge: () => ProxyFailure;
  createTooSlow: () => ProxyFailure;
  /** Called with the error of a connection that broke. */
  createBroken: (cause: unknown) => ProxyFailure;
}

/** Reads a whole body. Cancels it and throws a ProxyFailure if it exceeds a limit. */
export async function readLimited(
  body: ReadableStream<Uint8Array>,
  deadline: Deadline,
  { maxBytes, silenceMs, createTooLarge, createTooSlow, createBroken }: ReadLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const buffer = createByteBuffer();
  try {
    while (true) {
      const { done, value } = await deadline.within(reader.read(), silenceMs, createTooSlow);
      if (done) return buffer.take();
      if (buffer.getLength() + value.length > maxBytes) throw createTooLarge();
      buffer.add(value);
    }
  } catch (error) {
    // A stream that has failed rejects the cancel with the error that is thrown here.
    void reader.cancel().catch(() => undefined);
    throw error instanceof ProxyFailure ? error : createBroken(error);
  }
}
