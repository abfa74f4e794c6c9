import { createParser } from 'eventsource-parser';
import type { Redactor } from '../../common/createRedactor.js';
import { encodeEvent } from '../../protocol/encodeEvent.js';
import type { Deadline } from '../createDeadline.js';
import { createBadGateway } from '../ProxyFailure.js';
import type { Settings } from '../readOptions.js';
import type { Observer } from './createObserver.js';
import { createEventSplitter } from './createEventSplitter.js';
import { readChunks } from './readChunks.js';
import { createNoEvent } from './readUpstream.js';
import { redactErrors } from './redactErrors.js';
import { redactLines } from './redactLines.js';

interface ParsedEvent {
  event: string;
  data: string;
  id: string | undefined;
}

/** Options for `relayEvents`. */
export interface RelayEventsOptions {
  deadline: Deadline;
  limits: Settings['limits'];
  observer: Pick<Observer, 'onEvent'>;
  redact: Redactor;
  /** Time of the response, by `performance.now()`. */
  startedAt: number;
}

/**
 * Yields an event stream unchanged except for secrets in errors, but only whole events, and each event only after the
 * observer has seen it. So the caller gets no id before it is claimed.
 */
export async function* relayEvents(
  body: ReadableStream<Uint8Array>,
  { deadline, limits, observer, redact, startedAt }: RelayEventsOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const splitter = createEventSplitter();
  const parse = createEventParser();
  let isFirst = true;
  const chunks = readChunks(body, deadline, {
    maxBytes: Infinity,
    // Bytes that end no event do not extend the time until the first one.
    getLimitMs: () =>
      isFirst ? Math.max(0, startedAt + limits.firstEventMs - performance.now()) : limits.silenceMs,
    createTooSlow: () => {
      const limitMs = isFirst ? limits.firstEventMs : limits.silenceMs;
      return createNoEvent(limitMs);
    },
  });
  for await (const chunk of chunks) {
    const events = splitter.push(chunk);
    if (splitter.getWaitingBytes() > limits.eventBytes) {
      throw createBadGateway(
        `The upstream server sent an event of more than ${limits.eventBytes} bytes.`,
      );
    }
    if (events === undefined) continue;
    isFirst = false;
    yield await observe(events);
  }
  const rest = splitter.flush();
  if (rest !== undefined) yield await observe(rest, '\n\n');

  /** Returns the bytes for the caller. */
  async function observe(bytes: Uint8Array, end = ''): Promise<Uint8Array> {
    const text = decode(bytes);
    const clean = redactLines(text, redact);
    const events = parse(clean + end);
    for (const { event, data } of events) await observer.onEvent(event, data);
    const redacted = events.map((event) => ({ ...event, data: redactErrors(event, redact) }));
    const isSame = redacted.every(({ data }, index) => data === events[index]?.data);
    if (isSame) return clean === text ? bytes : new TextEncoder().encode(clean);
    return new TextEncoder().encode(redacted.map(encode).join(''));
  }
}

function encode({ event, data, id }: ParsedEvent): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return idLine + encodeEvent(event, data);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Returns a function that parses the text of whole events. */
function createEventParser(): (text: string) => ParsedEvent[] {
  let events: ParsedEvent[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', data, id }) => void events.push({ event, data, id }),
  });
  return (text) => {
    events = [];
    // The parser would hold a CR at the end back, because an LF may follow.
    parser.feed(text.replace(/\r\n?/g, '\n'));
    return events;
  };
}
