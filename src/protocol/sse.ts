/** One frame of an event stream, its data still text. */
export interface ServerSentEvent {
  /** The name of the event; 'message' where the frame has none. */
  event: string;
  data: string;
}

/** Why a reader gave a stream up: an event over the limit, or silence. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError';
}

/** When a reader gives a stream up. */
export interface ReadEventsOptions {
  /** In UTF-16 units. @default 33,554,432 */
  maxEventLength?: number;
  /** Silence after which the stream is given up; comments break it. @default never */
  idleTimeoutMs?: number;
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
 * @throws EventStreamError
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  { maxEventLength = 32 * 1024 * 1024, idleTimeoutMs }: ReadEventsOptions = {},
): AsyncGenerator<ServerSentEvent, void, void> {
  const decoder = new TextDecoder();
  const framesOf = frameParser(maxEventLength);
  const reader = stream.getReader();
  // A stream that has failed rejects the cancel with the same error, which the read has already thrown.
  const cancel = () => reader.cancel().catch(() => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSilent = false;
  const onSilence = () => {
    isSilent = true;
    void cancel();
  };
  try {
    while (true) {
      if (idleTimeoutMs !== undefined) timer = setTimeout(onSilence, idleTimeoutMs);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (isSilent) throw new EventStreamError('The event stream went silent.');
      if (done) return;
      for (const frame of framesOf(decoder.decode(value, { stream: true }))) yield frame;
    }
  } finally {
    clearTimeout(timer);
    await cancel();
  }
}

/** Makes frames of text that comes in any pieces: of each piece those that it ends. */
function frameParser(maxLength: number): (piece: string) => Generator<ServerSentEvent, void, void> {
  /** What has come of a line whose end has not. */
  let begun = '';
  let endedWithReturn = false;
  let event = '';
  let data: string | undefined;

  const measure = () => {
    if (begun.length + (data?.length ?? 0) <= maxLength) return;
    throw new EventStreamError(`An event of the stream is longer than ${maxLength} characters.`);
  };

  return function* (piece) {
    if (piece === '') return;
    // A line is over with its CR, since its LF may be as late as the next event.
    const text = endedWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    endedWithReturn = piece.endsWith('\r');
    const lines = text.replace(/\r\n?/g, '\n').split('\n');
    const rest = lines.pop() ?? '';
    for (const end of lines) {
      const line = begun + end;
      begun = '';
      if (line === '') {
        if (data !== undefined) yield { event: event || 'message', data };
        event = '';
        data = undefined;
        continue;
      }
      const colon = line.indexOf(':');
      const name = colon === -1 ? line : line.slice(0, colon);
      const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
      if (name === 'event') event = value;
      if (name !== 'data') continue;
      data = data === undefined ? value : `${data}\n${value}`;
      measure();
    }
    begun += rest;
    measure();
  };
}
