import type { Deadline } from '../createDeadline.js';
import { createBadGateway, type ProxyFailure } from '../ProxyFailure.js';
import { toUpstreamFailure } from './readUpstream.js';

/** Limits for `readChunks`. */
export interface ChunkLimits {
  maxBytes: number;
  /** Returns the time without data after which a read fails. */
  getLimitMs: () => number;
  createTooSlow: (limitMs: number) => ProxyFailure;
}

/** Yields the chunks of an upstream body. Cancels it at the end. Throws a ProxyFailure if it breaks off or exceeds a limit. */
export async function* readChunks(
  body: ReadableStream<Uint8Array>,
  deadline: Deadline,
  { maxBytes, getLimitMs, createTooSlow }: ChunkLimits,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader();
  let length = 0;
  try {
    while (true) {
      const limitMs = getLimitMs();
      const { done, value } = await deadline.within(reader.read(), limitMs, () =>
        createTooSlow(limitMs),
      );
      if (done) return;
      length += value.length;
      if (length > maxBytes) {
        throw createBadGateway(`The upstream server sent more than ${maxBytes} bytes.`);
      }
      yield value;
    }
  } catch (error) {
    throw toUpstreamFailure(error);
  } finally {
    // A stream that has failed rejects the cancel with the error that is thrown here.
    void reader.cancel().catch(() => undefined);
  }
}
