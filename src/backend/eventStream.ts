import { encodeComment, encodeEvent } from '../protocol/sse.js';
import type { AssistantStreamEvent } from '../protocol/types.js';
import { projectEvent } from './dialect.js';
import { endsSegment } from './engine/eventBus.js';
import type { Dialect } from './http.js';

/** How an event stream is answered. */
export interface EventStreamOptions {
  dialect: Dialect;
  /** The optional parts that were asked for. @default none */
  include?: readonly string[];
  /** Told before the first event of the run. */
  first?: readonly AssistantStreamEvent[];
  /** How long a stream may be silent before a comment keeps it alive. @default 15,000 */
  keepAliveMs?: number;
}

/**
 * An event stream as a response. Takes an event only when the reader asks for one; a reader that leaves ends the
 * subscription, not the run. `done` follows a segment that has come to its end: a stream without it was cut.
 */
export function eventStream(events: AsyncIterable<AssistantStreamEvent>, options: EventStreamOptions): Response {
  const { dialect, include, first = [], keepAliveMs = 15_000 } = options;
  const waiting = [...first];
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let ended = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const event = waiting.shift() ?? (await nextEvent(controller));
        if (event === undefined) {
          if (ended) controller.enqueue(encoder.encode(encodeEvent('done', '[DONE]')));
          controller.close();
          return;
        }
        ended = endsSegment(event);
        const shown = projectEvent(dialect, event, include);
        controller.enqueue(encoder.encode(encodeEvent(shown.event, shown.data)));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    // No event is taken ahead of the reader: the bus puts together what waits there.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  });

  async function nextEvent(
    controller: ReadableStreamDefaultController<Uint8Array>,
  ): Promise<AssistantStreamEvent | undefined> {
    const timer = setInterval(() => controller.enqueue(encoder.encode(encodeComment('keep-alive'))), keepAliveMs);
    if (typeof timer === 'object') timer.unref();
    try {
      const next = await iterator.next();
      return next.done === true ? undefined : next.value;
    } finally {
      clearInterval(timer);
    }
  }
}
