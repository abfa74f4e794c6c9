import { encodeComment, encodeEvent } from '../../../protocol/encodeEvent.js';
import type { AssistantStreamEvent } from '../../../protocol/types.js';
import { projectEvent } from './project.js';
import { endsSegment, type Subscription } from '../../engine/eventBus.js';
import type { Dialect } from '../operations.js';

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

/** A chunk takes no more events once it is longer than this, in UTF-16 units. */
const CHUNK = 16_384;

/**
 * An event stream as a response. Takes events only when the reader asks for some, and then all that wait, up to a chunk; a
 * reader that leaves ends the subscription, not the run. `done` follows a segment that has come to its end: a stream
 * without it was cut.
 */
export function createEventStreamResponse(
  events: Subscription,
  options: EventStreamOptions,
): Response {
  const { dialect, include, first = [], keepAliveMs = 15_000 } = options;
  const before = [...first];
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = '';
        let event = before.shift() ?? (await nextEvent(controller));
        const isOver = event === undefined;
        while (event !== undefined) {
          const shown = projectEvent(dialect, event, include);
          text += encodeEvent(shown.event, shown.data);
          if (endsSegment(event)) text += encodeEvent('done', '[DONE]');
          event = text.length < CHUNK ? (before.shift() ?? events.take()) : undefined;
        }
        if (isOver) controller.close();
        else controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await events.return?.();
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
    const timer = setInterval(
      () => controller.enqueue(encoder.encode(encodeComment('keep-alive'))),
      keepAliveMs,
    );
    if (typeof timer === 'object') timer.unref();
    try {
      const next = await events.next();
      return next.done === true ? undefined : next.value;
    } finally {
      clearInterval(timer);
    }
  }
}
