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

/**
 * Writes one frame: `event: NAME`, `data: JSON`, an empty line. Data that is a string is written as it is, but every line
 * end in it arrives as LF.
 */
export function encodeEvent(event: string, data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `event: ${event}\n${lines('data', text)}\n`;
}

/** Writes a comment, which readers pass over: it keeps a quiet connection alive. */
export function encodeComment(text: string): string {
  return `${lines('', text)}\n`;
}

/** A CR or LF inside a line would begin a field of its own, which whoever wrote the text could name. */
function lines(field: string, text: string): string {
  const split = text.split(/\r\n?|\n/);
  return split.map((line) => `${field}: ${line}\n`).join('');
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
    onEvent: ({ event, data }) => {
      // The parser's own limit is for what it holds between chunks, not for an event that comes whole in one.
      tooLarge ||= data.length > maxEventLength;
      if (!tooLarge) ready.push({ event: event ?? 'message', data });
    },
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
      yield* ready.splice(0);
      if (tooLarge) throw new EventTooLargeError(`An event of the stream is longer than ${maxEventLength} characters.`);
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
