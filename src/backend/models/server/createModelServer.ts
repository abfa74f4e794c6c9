import { describeRedirect } from '../../../common/describeRedirect.js';
import { isRedirect } from '../../../common/isRedirect.js';
import { readEvents } from '../../../common/readEvents.js';
import { createStreamFault, createResponseFault } from './createFaults.js';
import { createRedactor } from './createRedactor.js';
import type { ModelServerOptions } from './ModelServerOptions.js';
import { ServerFault } from './ServerFault.js';
import { toFields } from './toFields.js';

/** Marker of the end of a stream of chat completions. */
export const DONE = Symbol('[DONE]');

/** Client for a model server. */
export interface ModelServer {
  /**
   * Posts a body and yields the parsed events of the answer, with `DONE` for an end marker. Yields one object if the server does
   * not stream. Aborting the signal or leaving the loop closes the connection.
   *
   * @throws ServerFault
   */
  send(path: string, body: object, signal: AbortSignal): AsyncGenerator<unknown, void, void>;
  /** Removes API keys from a text. */
  redact(text: string): string;
}

const MAX_ERROR_LENGTH = 64 * 1024;

/** Creates a client for a model server. */
export function createModelServer(options: ModelServerOptions): ModelServer {
  const { apiKey, headers = {}, timeoutMs = 120_000 } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const redact = createRedactor([
    ...(apiKey === undefined ? [] : [apiKey]),
    ...Object.values(headers),
  ]);

  return {
    redact,
    async *send(path, body, signal) {
      const idleTimer = createIdleTimer(timeoutMs, signal);
      try {
        const response = await post(`${baseUrl}${path}`, body, idleTimer.signal);
        throwRedirect(response, `${baseUrl}${path}`);
        if (!response.ok) throw await readResponseFault(response, redact);
        for await (const event of readAnswer(response, idleTimer.restart)) {
          throwErrorEvent(event, redact);
          yield event;
        }
      } catch (error) {
        if (error instanceof ServerFault || signal.aborted) throw error;
        throw idleTimer.isExpired() ? createTimeoutFault(timeoutMs) : createConnectionFault(error);
      } finally {
        idleTimer.stop();
      }
    },
  };

  function post(url: string, body: object, signal: AbortSignal): Promise<Response> {
    // Reads the global fetch for each request, so that it can be replaced later.
    const send = options.fetch ?? ((address: string, init: RequestInit) => fetch(address, init));
    return send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...headers,
      },
      body: JSON.stringify(body),
      // A followed redirect would carry the API key to another address, and turn the POST into a GET.
      redirect: 'manual',
      signal,
    });
  }
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

/** Yields the parsed events of a successful response. Calls `onData` for each chunk. */
async function* readAnswer(
  response: Response,
  onData: () => void,
): AsyncGenerator<unknown, void, void> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    yield parseJson(await response.text());
    return;
  }
  if (response.body === null || type.includes('html')) {
    throw new ServerFault(
      'server_error',
      `The model server answered with ${type || 'an empty response'} instead of an event stream.`,
    );
  }
  const monitor = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(bytes, controller) {
      onData();
      controller.enqueue(bytes);
    },
  });
  for await (const { data } of readEvents(response.body.pipeThrough(monitor))) {
    if (data === '[DONE]') {
      yield DONE;
      return;
    }
    yield parseJson(data);
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ServerFault('server_error', 'The model server sent malformed JSON.', {
      retryable: true,
    });
  }
}

/** Throws the error that an event of a successful response may contain. */
function throwErrorEvent(event: unknown, redact: (text: string) => string): void {
  const { error } = toFields(event);
  if (error !== undefined && error !== null) throw createStreamFault(error, redact);
}

async function readResponseFault(
  response: Response,
  redact: (text: string) => string,
): Promise<ServerFault> {
  const text = await response.text().catch(() => '');
  return createResponseFault(
    response.status,
    response.headers,
    text.slice(0, MAX_ERROR_LENGTH),
    redact,
  );
}

function createTimeoutFault(timeoutMs: number): ServerFault {
  return new ServerFault(
    'server_error',
    `The model server sent no data for ${timeoutMs / 1000} s.`,
    { retryable: true },
  );
}

/** The message omits the original error, which is about sockets and may contain the address of the server. */
function createConnectionFault(cause: unknown): ServerFault {
  return new ServerFault('server_error', 'The connection to the model server failed.', {
    retryable: true,
    cause,
  });
}

/** Creates a signal that aborts with another one, after a time without `restart`, or on `stop`. */
function createIdleTimer(timeoutMs: number, outerSignal: AbortSignal) {
  const controller = new AbortController();
  const onOuterAbort = () => controller.abort(outerSignal.reason);
  let isExpired = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isExpired = true;
      controller.abort();
    }, timeoutMs);
  };
  restart();
  outerSignal.addEventListener('abort', onOuterAbort);
  if (outerSignal.aborted) onOuterAbort();
  return {
    signal: controller.signal,
    restart,
    isExpired: () => isExpired,
    stop() {
      clearTimeout(timer);
      outerSignal.removeEventListener('abort', onOuterAbort);
      controller.abort();
    },
  };
}
