import { encodeComment, encodeEvent } from '../../../protocol/encodeEvent.js';
import { isSegmentEnd } from '../../engine/eventLog/eventEnds.js';
import type { LoggedEvent } from '../../engine/eventLog/EventRecord.js';
import type { EventReader } from '../../engine/eventLog/LogReader.js';
import { projectEvent } from '../dialect/projectResponse.js';
import type { Dialect } from '../operations.js';

/** Options for `createEventStreamResponse`. */
export interface EventStreamOptions {
  dialect: Dialect;
  /** Optional fields that the request asked for. @default none */
  include?: readonly string[];
  /** True to send the events of the extension `reasoning`, which other clients may not know. @default false */
  acceptsReasoning?: boolean;
  /** Interval of comments that keep a silent connection open, in milliseconds. @default 15,000 */
  keepAliveMs?: number;
}

/** Length in UTF-16 units at which a chunk is sent, even if more events are queued. */
const CHUNK_LENGTH = 16_384;

/**
 * Creates the response of a streamed run. Each frame carries the sequence number of its event as `id`. Takes events from the
 * reader on demand only, and sends all queued events as one chunk. When the client disconnects, the reader ends, but the run
 * continues. A complete segment ends with `done`. A stream without it was interrupted.
 */
export function createEventStreamResponse(
  events: EventReader,
  { dialect, include, acceptsReasoning = false, keepAliveMs = 15_000 }: EventStreamOptions,
): Response {
  const encoder = new TextEncoder();

  function encode({ sequence, event }: LoggedEvent): string {
    if (event.event === 'thread.run.step.reasoning.delta' && !acceptsReasoning) return '';
    const projected = projectEvent(dialect, event, include);
    const text = encodeEvent(projected.event, projected.data, sequence);
    return isSegmentEnd(event) ? text + encodeEvent('done', '[DONE]', sequence) : text;
  }

  /** Sends comments while it waits for the next event. */
  async function waitForEvent(
    controller: ReadableStreamDefaultController<Uint8Array>,
  ): Promise<LoggedEvent | undefined> {
    const timer = setInterval(
      () => controller.enqueue(encoder.encode(encodeComment('keep-alive'))),
      keepAliveMs,
    );
    // Timers are numbers in browsers. In Node, they would keep the process running.
    if (typeof timer === 'object') timer.unref();
    try {
      const next = await events.next();
      return next.done === true ? undefined : next.value;
    } finally {
      clearInterval(timer);
    }
  }

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = '';
        // Events that the client does not accept have no text.
        while (text === '') {
          let event = events.take() ?? (await waitForEvent(controller));
          if (event === undefined) {
            controller.close();
            return;
          }
          while (event !== undefined) {
            text += encode(event);
            event = text.length < CHUNK_LENGTH ? events.take() : undefined;
          }
        }
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await events.return?.();
      },
    },
    // Without buffering, events stay in the log, and the reader merges deltas that it has not read yet.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Proxies must neither compress nor buffer a stream, because events would arrive late.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
