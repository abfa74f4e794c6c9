import { createByteBuffer } from '../../../common/createByteBuffer.js';
import { createRedactor } from '../../../common/createRedactor.js';
import { describeRedirect } from '../../../common/describeRedirect.js';
import { isRedirect } from '../../../common/isRedirect.js';
import { MEBIBYTE } from '../../../common/mebibyte.js';
import { EventStreamError } from '../../../common/readEvents.js';
import { createFaults, type Faults } from './createFaults.js';
import { createIdleTimer, type IdleTimer } from './createIdleTimer.js';
import type { ModelServerOptions } from './ModelServerOptions.js';
import { ErrorEvent, readAnswer } from './readAnswer.js';
import { ServerFault } from './ServerFault.js';
import { hasValue, toFields, toList } from './toFields.js';
import { unwrapAnswer } from './unwrapAnswer.js';

/** Client for a model server. */
export interface ModelServer {
  /**
   * Posts a body and yields the parsed events of the answer, with `DONE` for an end marker. Yields one object if the server does
   * not stream. Aborting the signal or leaving the loop closes the connection.
   *
   * @throws ServerFault
   */
  send(path: string, body: object, signal: AbortSignal): AsyncGenerator<unknown, void, void>;
  /** Returns the bytes of a path; undefined if they cannot be read, or exceed 20 MiB. */
  readFile(path: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Returns the names of `GET /models`. @throws ServerFault */
  listModels(signal: AbortSignal): Promise<string[]>;
  /** Creates the fault for an error inside an answer. */
  createFault(error: unknown): ServerFault;
}

interface RequestOptions {
  method: 'GET' | 'POST';
  /** Media types of the response. */
  accept: string;
  /** Text of the request, which is JSON. */
  body?: string;
}

const MAX_ERROR_LENGTH = 64 * 1024;
const MAX_FILE_BYTES = 20 * MEBIBYTE;

/** Creates a client for a model server. */
export function createModelServer(options: ModelServerOptions): ModelServer {
  const { apiKey, headers = {}, timeoutMs = 300_000 } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const redact = createRedactor([
    ...(apiKey === undefined ? [] : [apiKey]),
    ...Object.values(headers),
  ]);

  const faults = createFaults(redact);

  return {
    createFault: (error) => faults.fromEvent(error),
    async *send(path, body, signal) {
      const idleTimer = createIdleTimer(timeoutMs, signal);
      try {
        const response = await request(path, idleTimer.signal, {
          method: 'POST',
          accept: 'text/event-stream, application/json',
          body: JSON.stringify(body),
        });
        for await (const value of readAnswer(response, idleTimer.restart)) {
          const event = unwrapAnswer(value);
          throwErrorEvent(event, faults);
          yield event;
        }
      } catch (error) {
        throw toFault(error, signal, idleTimer);
      } finally {
        idleTimer.stop();
      }
    },
    // An answer is of use without its files.
    readFile: (path, signal) =>
      get({ path, accept: '*/*' }, signal, readBytes).catch(() => undefined),
    listModels: (signal) => get({ path: '/models', accept: 'application/json' }, signal, readNames),
  };

  /** Reads the response of a path. @throws ServerFault */
  async function get<Result>(
    { path, accept }: { path: string; accept: string },
    signal: AbortSignal,
    read: (response: Response, onData: () => void) => Promise<Result>,
  ): Promise<Result> {
    const idleTimer = createIdleTimer(timeoutMs, signal);
    try {
      const response = await request(path, idleTimer.signal, { method: 'GET', accept });
      return await read(response, idleTimer.restart);
    } catch (error) {
      throw toFault(error, signal, idleTimer);
    } finally {
      idleTimer.stop();
    }
  }

  /** Returns a successful response. @throws ServerFault */
  async function request(
    path: string,
    signal: AbortSignal,
    options: RequestOptions,
  ): Promise<Response> {
    const response = await sendTo(`${baseUrl}${path}`, signal, options);
    throwRedirect(response, `${baseUrl}${path}`);
    if (!response.ok) throw await readResponseFault(response, faults);
    return response;
  }

  function sendTo(
    url: string,
    signal: AbortSignal,
    { method, accept, body }: RequestOptions,
  ): Promise<Response> {
    // Reads the global fetch for each request, so that it can be replaced later.
    const send = options.fetch ?? ((address: string, init: RequestInit) => fetch(address, init));
    return send(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        accept,
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...headers,
      },
      // A followed redirect would carry the API key to another address, and turn the POST into a GET.
      redirect: 'manual',
      signal,
    });
  }
}

function toFault(error: unknown, signal: AbortSignal, timer: IdleTimer): unknown {
  if (error instanceof ServerFault || signal.aborted) return error;
  if (error instanceof EventStreamError) return createSizeFault(error);
  return timer.isExpired() ? createTimeoutFault(timer.timeoutMs) : createConnectionFault(error);
}

/** Throws if a response redirects. */
function throwRedirect(response: Response, url: string): void {
  if (!isRedirect(response)) return;
  const target = describeRedirect(response, url);
  throw new ServerFault(
    'server_error',
    `The model server redirects to ${target}. Redirects are not followed, because they would send the API key to another address. Set baseUrl to the final address.`,
  );
}

/** Throws the error that an event of a successful response may contain. */
function throwErrorEvent(event: unknown, faults: Faults): void {
  if (event instanceof ErrorEvent) throw faults.fromEvent(event.error);
  const { error, choices } = toFields(event);
  const choice = toFields(toList(choices)[0]);
  // An error may be `true`, with its words beside it.
  if (hasValue(error)) throw faults.fromEvent(event);
  for (const holder of [choice, toFields(choice['delta']), toFields(choice['message'])])
    if (hasValue(holder['error'])) throw faults.fromEvent(holder);
}

async function readResponseFault(response: Response, faults: Faults): Promise<ServerFault> {
  const text = await readStart(response).catch(() => '');
  return faults.fromResponse(response, text);
}

async function readNames(response: Response): Promise<string[]> {
  const list: unknown = await response.json().catch(() => undefined);
  return toList(toFields(list)['data'])
    .map((item) => toFields(item)['id'])
    .filter((id) => typeof id === 'string');
}

/** Reads the bytes of a response. Returns undefined if there are none or too many. */
async function readBytes({ body }: Response, onData: () => void): Promise<Uint8Array | undefined> {
  if (body === null) return undefined;
  const bytes = createByteBuffer();
  const reader = body.getReader();
  while (true) {
    const { done, value } = await reader.read();
    if (done) return bytes.take();
    onData();
    bytes.add(value);
    if (bytes.getLength() > MAX_FILE_BYTES) {
      await reader.cancel();
      return undefined;
    }
  }
}

/** Reads a text up to a limit. */
async function readStart({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  const reader = body.getReader();
  while (text.length < MAX_ERROR_LENGTH) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, MAX_ERROR_LENGTH);
}

function createTimeoutFault(timeoutMs: number): ServerFault {
  return new ServerFault(
    'server_error',
    `The model server sent no data for ${timeoutMs / 1000} s.`,
    // Not retried: a server that is still busy with the first request would only get a second one.
    { kind: 'silence' },
  );
}

function createSizeFault(cause: EventStreamError): ServerFault {
  return new ServerFault(
    'server_error',
    `The answer of the model server is too long: ${cause.message}`,
    { cause },
  );
}

/** Codes of errors of decompression. */
const DECODING = /\bZ_[A-Z]+_ERROR|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_ZSTD/;

/** Codes of the limits that the fetch of Node has for silence. */
const NODE_TIMEOUT = /UND_ERR_(?:HEADERS|BODY)_TIMEOUT/;

/** The message omits the original error, which is about sockets and may contain the address of the server. */
function createConnectionFault(cause: unknown): ServerFault {
  if (NODE_TIMEOUT.test(getErrorCode(cause))) {
    return new ServerFault(
      'server_error',
      'The model server sent no data for 300 s, which is the limit of fetch in Node. Pass a `fetch` option with a longer limit.',
      { kind: 'silence', cause },
    );
  }
  if (DECODING.test(getErrorCode(cause))) {
    return new ServerFault(
      'server_error',
      'The answer of the model server cannot be decompressed: it is not in the format that its content-encoding names.',
      { cause },
    );
  }
  return new ServerFault(
    'server_error',
    'The connection to the model server failed. Check that it runs and that its base URL is right.',
    { kind: 'connection', retryable: true, cause },
  );
}

/** Returns the codes of an error and its causes. */
function getErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return `${code} ${getErrorCode(error.cause)}`;
}
