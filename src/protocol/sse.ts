import { createParser } from 'eventsource-parser';

/** One frame of an event stream, its data still text. */
export interface ServerSentEvent {
  /** The name of the event; 'message' where the frame has none. */
  event: string;
  data: string;
}

/** An event larger than the reader's limit. */
export class EventTooLargeError extends Error {
  override readonly name = 'EventTooLargeError';
}

/** Writes one frame: `event: NAME`, `data: JSON`, an empty line. Data that is a string is written as it is. */
export function encodeEvent(event: string, data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `event: ${event}\ndata: ${text.replaceAll('\n', '\ndata: ')}\n\n`;
}

/** Writes a comment, which readers pass over: it keeps a quiet connection alive. */
export function encodeComment(text: string): string {
  return `: ${text}\n\n`;
}

/**
 * Reads frames as their bytes arrive: UTF-8 whatever the charset, LF, CR or CRLF. Pulls only as fast as its consumer; a
 * frame that the end of the stream cuts is dropped. Leaving the loop cancels the stream.
 *
 * @param maxEventLength In UTF-16 units. @default 33,554,432
 * @throws EventTooLargeError
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  maxEventLength = 32 * 1024 * 1024,
): AsyncGenerator<ServerSentEvent, void, void> {
  const decoder = new TextDecoder();
  const ready: ServerSentEvent[] = [];
  let tooLarge = false;
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: ({ event, data }) => ready.push({ event: event ?? 'message', data }),
    onError: (error) => {
      tooLarge ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  const normalise = lineFeeds();
  const reader = stream.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(normalise(decoder.decode(value, { stream: true })));
      if (tooLarge) throw new EventTooLargeError(`An event of the stream is longer than ${maxEventLength} characters.`);
      yield* ready.splice(0);
    }
  } finally {
    // A stream that has failed rejects the cancel with the same error, which the read has already thrown.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Turns CR and CRLF into LF at once. The parser holds a CR that ends a chunk until it knows what follows, which would keep
 * an event back for as long as the server is silent.
 */
function lineFeeds(): (text: string) => string {
  let endedWithReturn = false;
  return (text) => {
    if (text === '') return text;
    const rest = endedWithReturn && text.startsWith('\n') ? text.slice(1) : text;
    endedWithReturn = text.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  };
}
