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
  const parser = new FrameParser(maxEventLength);
  const reader = stream.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.feed(decoder.decode(value, { stream: true }));
      if (parser.isTooLarge) throw new EventTooLargeError(`An event of the stream is longer than ${maxEventLength} characters.`);
    }
  } finally {
    // A stream that has failed rejects the cancel with the same error, which the read has already thrown.
    await reader.cancel().catch(() => undefined);
  }
}

/** Makes frames of text that comes in any pieces. A line is over with its CR, since its LF may be as late as the next event. */
class FrameParser {
  isTooLarge = false;
  readonly #maxLength: number;
  /** What has come of a line whose end has not. */
  #line = '';
  #endedWithReturn = false;
  #event = '';
  #data: string | undefined;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** The frames that this piece ends. */
  feed(piece: string): ServerSentEvent[] {
    const ready: ServerSentEvent[] = [];
    const text = this.#withLineFeeds(piece);
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1 && !this.isTooLarge; end = text.indexOf('\n', start)) {
      const line = this.#line + text.slice(start, end);
      this.#line = '';
      start = end + 1;
      if (line === '') ready.push(...this.#endFrame());
      else this.#readField(line);
    }
    this.#line += text.slice(start);
    this.#measure(this.#line.length);
    return ready;
  }

  #withLineFeeds(piece: string): string {
    if (piece === '') return piece;
    const rest = this.#endedWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#endedWithReturn = piece.endsWith('\r');
    return rest.includes('\r') ? rest.replace(/\r\n?/g, '\n') : rest;
  }

  /** The frame that an empty line ends; none where it has no data. */
  #endFrame(): ServerSentEvent[] {
    const event = this.#event || 'message';
    const data = this.#data;
    this.#event = '';
    this.#data = undefined;
    return data === undefined ? [] : [{ event, data }];
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'event') this.#event = value;
    if (name !== 'data') return;
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    this.#measure(0);
  }

  #measure(waiting: number): void {
    this.isTooLarge ||= waiting + (this.#data?.length ?? 0) > this.#maxLength;
  }
}
