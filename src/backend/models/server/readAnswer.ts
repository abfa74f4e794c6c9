import { MEBIBYTE } from '../../../common/mebibyte.js';
import { readEvents } from '../../../common/readEvents.js';
import { ServerFault } from './ServerFault.js';

/** Marker of the end of a stream of chat completions. */
export const DONE = Symbol('[DONE]');

/** Error event of a stream. */
export class ErrorEvent {
  constructor(readonly error: unknown) {}
}

/** Word in brackets, such as `[PING]`. */
const HEARTBEAT = /^\[[a-z _-]+\]$/i;

/** Longest answer that is not an event stream, in UTF-16 units. */
const MAX_LENGTH = 64 * MEBIBYTE;

/**
 * Yields the parsed events of a successful response, with `DONE` for an end marker, and `ErrorEvent` for an event or a line with
 * the name `error`. Decides by the first character whether the body is JSON, an event stream or a page: servers and proxies
 * send wrong content types. Calls `onData` for each chunk.
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
    const { start, first } = await readStart(chunks);
    if (first === '<')
      throw createFormatFault(response.headers.get('content-type') ?? 'an HTML page');
    if (first === '{' || first === '[') yield* readDocument(start, chunks);
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
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    onData();
    yield value;
  }
}

/** Reads up to the first character that is not white space. The character is empty if there is none. */
async function readStart(
  chunks: AsyncIterator<Uint8Array, void>,
): Promise<{ start: Uint8Array[]; first: string }> {
  const start: Uint8Array[] = [];
  // Removes a byte order mark.
  const decoder = new TextDecoder();
  while (true) {
    const next = await chunks.next();
    if (next.done === true) return { start, first: '' };
    start.push(next.value);
    const first = decoder.decode(next.value, { stream: true }).trimStart().charAt(0);
    if (first !== '') return { start, first };
  }
}

/** Yields the object of a server that does not stream, each item of a list, or each line of a server that streams lines. */
async function* readDocument(
  start: readonly Uint8Array[],
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown, void, void> {
  const decoder = new TextDecoder();
  let text = '';
  const add = (chunk: Uint8Array) => {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_LENGTH) throw createFormatFault('too long an answer');
  };
  start.forEach(add);
  for await (const chunk of chunks) add(chunk);
  const value = tryParse(text);
  if (value !== undefined) yield* Array.isArray(value) ? value : [value];
  else for (const line of text.split('\n')) if (line.trim() !== '') yield parseJson(line);
}

async function* readStream(
  start: readonly Uint8Array[],
  chunks: AsyncIterator<Uint8Array, void>,
): AsyncGenerator<unknown, void, void> {
  let words = '';
  let hasEvents = false;
  const events = readEvents(toStream(start, chunks), { lineEvents: ['error'] });
  for await (const { event, data } of events) {
    const text = data.trim();
    if (event === 'error') {
      yield new ErrorEvent(tryParse(text) ?? text);
    } else if (/^"?\[DONE\]"?$/i.test(text)) {
      yield DONE;
      return;
    } else if (/^[[{]/.test(text) && !HEARTBEAT.test(text)) {
      hasEvents = true;
      const value = parseJson(text);
      yield* Array.isArray(value) ? value : [value];
    } else {
      // A heartbeat, such as `ping` or an empty event, or else the only words of a failing server.
      words ||= text;
    }
  }
  if (!hasEvents && words !== '') yield new ErrorEvent(words);
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
  const value = tryParse(json);
  if (value !== undefined) return value;
  throw new ServerFault('server_error', 'The model server sent malformed JSON.', {
    retryable: true,
  });
}

function tryParse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function createFormatFault(what: string): ServerFault {
  return new ServerFault(
    'server_error',
    `The model server answered with ${what} instead of an event stream. Check its base URL, which often ends with /v1.`,
  );
}
