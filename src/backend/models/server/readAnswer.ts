import { isRecord } from '../../../common/isRecord.js';
import { MEBIBYTE } from '../../../common/mebibyte.js';
import { readEvents } from '../../../common/readEvents.js';
import { parseLenientJson } from './parseLenientJson.js';
import { ServerFault } from './ServerFault.js';
import { splitObjects } from './splitObjects.js';

/** Marker of the end of a stream of chat completions. */
export const DONE = Symbol('[DONE]');

/** Error event of a stream. */
export class ErrorEvent {
  constructor(readonly error: unknown) {}
}

/** Words in a stream that are not an event. They may be a heartbeat, or the last words of a failing server. */
export class StrayWords {
  constructor(readonly text: string) {}
}

/** Text that can only be JSON. Excludes words in brackets, such as `[PING]` and `[ERROR] Out of memory`. */
const JSON_START = /^(?:\{|\[\s*["{[\]\d-])/;
/** Words that say more than a heartbeat such as `ping`. */
const SENTENCE = /\w\s+\w/;
const MAX_WORDS_LENGTH = 2_000;
/** Bytes that are no text, such as those of a compressed answer, are decoded to these characters. */
const BINARY = /^[^\n]{0,3}[^\P{Cc}\s]|^[^\n]{0,3}\ufffd/u;

/** Longest answer that is not an event stream, in UTF-16 units. */
const MAX_LENGTH = 64 * MEBIBYTE;
/** Largest answer. A model that repeats itself for ever would fill the memory. */
const MAX_BYTES = 128 * MEBIBYTE;
/** Nesting of lists around objects. */
const MAX_LISTS = 3;

/**
 * Yields the parsed events of a successful response, with `DONE` for an end marker, `ErrorEvent` for an event or a line with the
 * name `error`, and `StrayWords` for words that nothing but an end marker follows. Calls `onData` for each chunk.
 *
 * Decides by the first character whether the body is JSON, an event stream or a page: servers and proxies send wrong
 * content types.
 *
 * @throws ServerFault if the body is neither JSON nor an event stream.
 */
export async function* readAnswer(
  response: Response,
  onData: () => void,
): AsyncGenerator<unknown, void, void> {
  if (response.body === null) throw createFormatFault('an empty response');
  const reader = response.body.getReader();
  try {
    const chunks = readChunks(reader, onData);
    const { start, text } = await readStart(chunks);
    if (BINARY.test(text)) throw createFormatFault('compressed or binary data');
    if (text.startsWith('<')) throw createFormatFault(getPageType(response));
    if (/^[[{]/.test(text)) yield* readDocument(start, chunks);
    else yield* readStream(start, chunks);
  } finally {
    // A stream that has failed rejects the cancel with the error that `read` has thrown already.
    await reader.cancel().catch(() => undefined);
  }
}

async function* readChunks(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  onData: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  let length = 0;
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    onData();
    length += value.byteLength;
    if (length > MAX_BYTES) throw createLengthFault();
    yield value;
  }
}

/** Reads up to the first chunk with a character that is not white space. Returns its text, or an empty one if there is none. */
async function readStart(
  chunks: AsyncIterator<Uint8Array, void>,
): Promise<{ start: Uint8Array[]; text: string }> {
  const start: Uint8Array[] = [];
  // Removes a byte order mark.
  const decoder = new TextDecoder();
  while (true) {
    const next = await chunks.next();
    if (next.done === true) return { start, text: '' };
    start.push(next.value);
    const text = decoder.decode(next.value, { stream: true }).trimStart();
    if (text !== '') return { start, text };
  }
}

/** Yields the object of a server that does not stream, each item of a list, or each line of a server that streams lines. */
async function* readDocument(
  start: readonly Uint8Array[],
  chunks: AsyncGenerator<Uint8Array, void, void>,
): AsyncGenerator<unknown, void, void> {
  const decoder = new TextDecoder();
  let text = '';
  const add = (chunk: Uint8Array) => {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_LENGTH) throw createFormatFault('too long an answer');
  };
  start.forEach(add);
  for await (const chunk of chunks) add(chunk);
  const value = parseLenientJson(text);
  if (value !== undefined) yield* toItems(value);
  else if (JSON_START.test(text.trimStart())) yield* readLines(text);
  // A word in brackets, such as a heartbeat, before the events or in their place.
  else if (/^data:/m.test(text)) yield* readStream([new TextEncoder().encode(text)], chunks);
  else yield new StrayWords(text.slice(0, MAX_WORDS_LENGTH));
}

/** Yields the objects of lines, which may be those of an event stream. */
function* readLines(text: string): Generator<unknown, void, void> {
  for (const line of text.split('\n').map((one) => one.trim())) {
    const data = line.replace(/^(?:data:\s*)+/, '');
    if (isEnd(data)) return yield DONE;
    if (data !== '' && !/^(?:event|id|retry)?:/.test(data)) yield* parseLine(data);
  }
}

/** Returns the values of a line. Some servers send objects without anything between them. */
function parseLine(line: string): readonly unknown[] {
  const value = parseLenientJson(line);
  if (value !== undefined) return toItems(value);
  const objects = splitObjects(line);
  return objects.length > 1 ? objects.map(parseJson) : [parseJson(line)];
}

/** Returns the values of an event. Servers that end events with one line break make one event of all of them. */
function parseEvent(text: string): Iterable<unknown> {
  const value = parseLenientJson(text);
  return value === undefined ? readLines(text) : toItems(value);
}

function toItems(value: unknown): readonly unknown[] {
  const items: unknown[] = Array.isArray(value) ? value.flat(MAX_LISTS) : [value];
  return items.map((item) =>
    typeof item === 'string' ? new StrayWords(item.slice(0, MAX_WORDS_LENGTH)) : item,
  );
}

function isEnd(text: string): boolean {
  return /^\s*"?\[?DONE\]?"?\s*$/i.test(text);
}

async function* readStream(
  start: readonly Uint8Array[],
  chunks: AsyncIterator<Uint8Array, void>,
): AsyncGenerator<unknown, void, void> {
  let words = '';
  const events = readEvents(toStream(start, chunks), { keepsLines: true });
  for await (const { event, data } of events) {
    // Some gateways add the name of the field again.
    const text = data.trim().replace(/^(?:data:\s*)+/, '');
    const error = readError(event, text);
    if (error !== undefined) {
      yield error;
    } else if (isEnd(text) || event === 'done') {
      if (SENTENCE.test(words)) yield new StrayWords(words);
      return yield DONE;
    } else if (
      JSON_START.test(text) &&
      (event !== 'line' || parseLenientJson(text) !== undefined)
    ) {
      words = '';
      for (const value of parseEvent(text)) {
        if (value === DONE) return yield DONE;
        yield withType(value, event);
      }
    } else if (words.length < MAX_WORDS_LENGTH) {
      words = `${words}\n${text}`.trim().slice(0, MAX_WORDS_LENGTH);
    }
  }
  if (SENTENCE.test(words)) yield new StrayWords(words);
}

/** Returns the error of an event or a line with the name `error`. */
function readError(event: string, text: string): ErrorEvent | undefined {
  const words = event === 'line' ? /^error:(.*)/is.exec(text)?.[1]?.trim() : text;
  if (words === undefined || (event !== 'line' && event !== 'error')) return undefined;
  return new ErrorEvent(parseLenientJson(words) ?? words);
}

/** Adds the name of an event, which some servers do not repeat in its data. */
function withType(value: unknown, event: string): unknown {
  const isNamed = event === 'message' || event === 'line';
  return isRecord(value) && value['type'] === undefined && !isNamed
    ? { ...value, type: event }
    : value;
}

/** Creates a stream of the chunks, with an empty line at the end, because some servers omit the one after the last event. */
function toStream(
  start: readonly Uint8Array[],
  chunks: AsyncIterator<Uint8Array, void>,
): ReadableStream<Uint8Array> {
  const pending = [...start];
  return new ReadableStream({
    async pull(controller) {
      const chunk = pending.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      const next = await chunks.next();
      if (next.done !== true) return controller.enqueue(next.value);
      controller.enqueue(new TextEncoder().encode('\n\n'));
      controller.close();
    },
  });
}

function parseJson(json: string): unknown {
  const value = parseLenientJson(json);
  if (value !== undefined) return value;
  throw new ServerFault('server_error', 'The model server sent malformed JSON.', {
    retryable: true,
  });
}

function createLengthFault(): ServerFault {
  return new ServerFault(
    'server_error',
    `The model server sent more than ${MAX_BYTES / MEBIBYTE} MiB without an end. The model may repeat itself: set max_completion_tokens.`,
  );
}

function getPageType({ headers }: Response): string {
  const type = headers.get('content-type') ?? '';
  return /html|xml/.test(type) ? type : 'a page';
}

function createFormatFault(what: string): ServerFault {
  return new ServerFault(
    'server_error',
    `The model server answered with ${what} instead of an event stream. Check its base URL, which often ends with /v1.`,
  );
}
