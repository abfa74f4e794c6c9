import type { Deadline } from '../createDeadline.js';
import type { ProxyFailure } from '../ProxyFailure.js';
import { toUpstreamFailure } from './readUpstream.js';

/** Form of a body, as its first characters tell. */
export type BodyForm = 'json' | 'events' | 'unknown';

/** Number of characters that tell the form of a body. */
const START_LENGTH = 8;
/** Number of bytes that are read to find them. White space may come before them. */
const MAX_BYTES = 512;

/**
 * Reads the start of a body and returns its form, with a body that has the start again. Servers and gateways send wrong
 * content types. A ProxyFailure is thrown if the body breaks off or is silent for too long.
 */
export async function peekBody(
  body: ReadableStream<Uint8Array>,
  deadline: Deadline,
  { getLimitMs, createTooSlow }: { getLimitMs: () => number; createTooSlow: () => ProxyFailure },
): Promise<{ form: BodyForm; body: ReadableStream<Uint8Array> }> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let start = '';
  let length = 0;
  try {
    while (start.length < START_LENGTH && length < MAX_BYTES && getForm(start) === 'unknown') {
      const { done, value } = await deadline.within(reader.read(), getLimitMs(), createTooSlow);
      if (done) break;
      chunks.push(value);
      length += value.length;
      start = (start + decoder.decode(value, { stream: true })).trimStart().slice(0, START_LENGTH);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw toUpstreamFailure(error);
  }
  return { form: getForm(start), body: continueBody(chunks, reader) };
}

function getForm(start: string): BodyForm {
  if (/^[[{]/.test(start)) return 'json';
  return /^(?:data|event|id|retry)?:/.test(start) ? 'events' : 'unknown';
}

/** Creates a stream of the chunks that were read, and of the rest. Nothing is read before the consumer wants it. */
function continueBody(
  chunks: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = chunks.shift();
        if (chunk !== undefined) return controller.enqueue(chunk);
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
