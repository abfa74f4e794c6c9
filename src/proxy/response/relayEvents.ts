import { createParser } from 'eventsource-parser';
import type { Deadline } from '../createDeadline.js';
import { createBadGateway } from '../ProxyFailure.js';
import type { Settings } from '../readOptions.js';
import type { Observer } from './createObserver.js';
import { createEventSplitter } from './createEventSplitter.js';
import { readChunks } from './readChunks.js';

/** Options for `relayEvents`. */
export interface RelayEventsOptions {
  deadline: Deadline;
  limits: Settings['limits'];
  observer: Pick<Observer, 'onEvent'>;
}

/**
 * Yields an event stream unchanged, but only whole events, and each event only after the observer has seen it. So the caller
 * gets no id before it is claimed.
 */
export async function* relayEvents(
  body: ReadableStream<Uint8Array>,
  { deadline, limits, observer }: RelayEventsOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const splitter = createEventSplitter();
  const parse = createEventParser();
  let isFirst = true;
  const chunks = readChunks(body, deadline, {
    maxBytes: Infinity,
    getLimitMs: () => (isFirst ? limits.firstEventMs : limits.silenceMs),
    createTooSlow: (limitMs) =>
      createBadGateway(`The upstream server sent no event for ${limitMs / 1000} s.`),
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
    await observe(decode(events));
    yield events;
  }
  const rest = splitter.flush();
  if (rest === undefined) return;
  await observe(`${decode(rest)}\n\n`);
  yield rest;

  async function observe(text: string): Promise<void> {
    for (const { event, data } of parse(text)) await observer.onEvent(event, data);
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Returns a function that parses the text of whole events. */
function createEventParser(): (text: string) => { event: string; data: string }[] {
  let events: { event: string; data: string }[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => void events.push({ event, data }),
  });
  return (text) => {
    events = [];
    // The parser would hold a CR at the end back, because an LF may follow.
    parser.feed(text.replace(/\r\n?/g, '\n'));
    return events;
  };
}
