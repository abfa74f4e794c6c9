import { createParser } from 'eventsource-parser';
import { MAX_TIMER_MS } from './maxTimerMs.js';

/** Event of an event stream. */
export interface ServerSentEvent {
  /** Name of the event; 'message' if the stream names none. */
  event: string;
  data: string;
  /** Id of the event, if the stream has given it one. */
  id?: string;
}

/** Error of `readEvents`: an event exceeds the size limit, or the stream exceeds the idle limit. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError';
}

export interface ReadEventsOptions {
  /** Maximum length of an event, in UTF-16 units. @default 33,554,432 */
  maxEventLength?: number;
  /** Maximum time without data, in milliseconds. Comments count as data. @default no limit */
  idleTimeoutMs?: number;
  /** Ends the stream when it aborts, as if the server had ended it. */
  signal?: AbortSignal | undefined;
  /**
   * Passes on lines that are not part of the format, such as `error: {…}` or the words of a failing server, as events
   * with the name `line`.
   * @default false
   */
  keepsLines?: boolean;
}

/**
 * Reads a stream of server-sent events. Decodes UTF-8 in any charset, accepts LF, CR and CRLF, and drops an event that
 * the end of the stream cuts off. Reads only as fast as the consumer. Leaving the loop cancels the stream.
 *
 * @throws EventStreamError if a limit is exceeded. Errors of the stream are passed on.
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  {
    maxEventLength = 32 * 1024 * 1024,
    idleTimeoutMs,
    signal,
    keepsLines = false,
  }: ReadEventsOptions = {},
): AsyncGenerator<ServerSentEvent, void, void> {
  const decode = createChunkDecoder();
  const parse = createEventParser(maxEventLength, keepsLines);
  const reader = stream.getReader();
  // A stream that has failed rejects the cancel with the error that `read` has thrown already.
  const cancel = () => reader.cancel().catch(() => undefined);
  const onAbort = () => void cancel();
  signal?.addEventListener('abort', onAbort);
  const idle = createIdleTimer(idleTimeoutMs, () => void cancel());
  try {
    while (true) {
      idle.start();
      const { done, value } = await reader.read();
      if (idle.isTimedOut())
        throw new EventStreamError(`The event stream sent no data for ${idleTimeoutMs} ms.`);
      const text = decode(value);
      if (text !== '') {
        idle.stop();
        yield* parse(text);
      }
      if (done) return;
    }
  } finally {
    idle.stop();
    signal?.removeEventListener('abort', onAbort);
    await cancel();
  }
}

/** Number of bytes of an incomplete line that are decoded together. */
const BATCH_BYTES = 4_096;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Returns a function that decodes chunks of UTF-8. Chunks that end no line wait for the next ones, so that a stream that arrives
 * byte by byte costs little. Undefined, the end of the stream, returns those that wait.
 */
function createChunkDecoder(): (chunk: Uint8Array | undefined) => string {
  const decoder = new TextDecoder();
  const waiting = new Uint8Array(BATCH_BYTES);
  let length = 0;
  const takeWaiting = (): string => {
    const text = decoder.decode(waiting.subarray(0, length), { stream: true });
    length = 0;
    return text;
  };
  return (chunk) => {
    if (chunk === undefined) return takeWaiting();
    const endsLine = chunk.includes(LINE_FEED) || chunk.includes(CARRIAGE_RETURN);
    if (!endsLine && length + chunk.length <= BATCH_BYTES) {
      waiting.set(chunk, length);
      length += chunk.length;
      return '';
    }
    return takeWaiting() + decoder.decode(chunk, { stream: true });
  };
}

/** Creates a timer of the time without data. Each `start` begins this time again. It sets one timer for many chunks. */
function createIdleTimer(timeoutMs: number | undefined, onTimeout: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startedAt = 0;
  let isTimedOut = false;
  const wait = (delayMs: number): void => {
    timer = setTimeout(
      () => {
        const leftMs = startedAt + (timeoutMs ?? 0) - performance.now();
        if (leftMs > 0) {
          wait(leftMs);
          return;
        }
        isTimedOut = true;
        onTimeout();
      },
      Math.min(delayMs, MAX_TIMER_MS),
    );
  };
  return {
    start(): void {
      if (timeoutMs === undefined) return;
      startedAt = performance.now();
      if (timer === undefined) wait(timeoutMs);
    },
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
    },
    isTimedOut: () => isTimedOut,
  };
}

/** Returns a function that yields the events that each chunk of text completes. */
function createEventParser(
  maxLength: number,
  keepsLines: boolean,
): (chunk: string) => Generator<ServerSentEvent, void, void> {
  let events: ServerSentEvent[] = [];
  let isTooLong = false;
  let endsWithReturn = false;
  const parser = createParser({
    // Limits incomplete events between two chunks. Events that one chunk completes are checked below.
    maxBufferSize: maxLength,
    onEvent({ event = 'message', data, id }) {
      if (data.length > maxLength) isTooLong = true;
      if (!isTooLong) events.push({ event, data, ...(id === undefined ? {} : { id }) });
    },
    onError({ type, line }) {
      if (type === 'max-buffer-size-exceeded') isTooLong = true;
      else if (keepsLines && type === 'unknown-field' && line !== undefined)
        events.push({ event: 'line', data: line });
    },
  });
  return function* (chunk) {
    // The parser holds a CR at the end of a chunk until it knows whether an LF follows, which may be as late as the
    // next event.
    const text = endsWithReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    endsWithReturn = chunk.endsWith('\r');
    events = [];
    parser.feed(text.replace(/\r\n?/g, '\n'));
    yield* events;
    if (isTooLong)
      throw new EventStreamError(`An event exceeds the limit of ${maxLength} characters.`);
  };
}
