import { readEvents } from '../../../common/readEvents.js';
import {
  createNetworkFault,
  createResponseFault,
  createRedactor,
  ServerFault,
} from './serverFault.js';
import { toFields } from './fields.js';

/** Where a model is, and how it is asked. */
export interface ModelServerOptions {
  /** Such as `http://127.0.0.1:11434/v1`; the path of the operation is put behind it. */
  baseUrl: string;
  /** Sent as `Authorization: Bearer`. Never told to anybody else, and taken out of errors. */
  apiKey?: string;
  /** The model to ask for. @default the run's */
  model?: string;
  /** Sent with each request; over the ones sent by itself. */
  headers?: Readonly<Record<string, string>>;
  /** @default the global fetch */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How long the server may be silent, before its answer and within it. @default 120,000 */
  timeoutMs?: number;
  /** When a request is made again: as long as nothing of its answer was passed on. */
  retry?: RetryOptions;
}

export interface RetryOptions {
  /** How often it is made again. @default 2 */
  attempts?: number;
  /** The first pause, where the server does not say how long; doubled each time. @default 500 */
  minDelayMs?: number;
  /** The longest pause. A server that asks for a longer one is not asked again. @default 60,000 */
  maxDelayMs?: number;
}

/** The mark that ends a stream of chat completions. */
export const DONE = Symbol('[DONE]');

/** A model server, ready to be asked. */
export interface ModelServer {
  /**
   * Posts a body and gives the parsed events of its answer, `DONE` where the stream says so, or the one object of a server
   * that does not stream. Aborting the signal, or leaving the loop, closes the connection.
   * @throws ServerFault
   */
  ask(path: string, body: object, signal: AbortSignal): AsyncGenerator<unknown, void, void>;
  /** Takes keys out of a text. */
  redact(text: string): string;
}

const LONGEST_REFUSAL = 64 * 1024;

/** A model server behind HTTP. */
export function createModelServer(options: ModelServerOptions): ModelServer {
  const { apiKey, headers = {}, timeoutMs = 120_000 } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const redact = createRedactor([
    ...(apiKey === undefined ? [] : [apiKey]),
    ...Object.values(headers),
  ]);

  return {
    redact,
    async *ask(path, body, signal) {
      const silence = watchSilence(timeoutMs, signal);
      try {
        const response = await send(`${baseUrl}${path}`, body, silence.signal);
        if (!response.ok) {
          throw createResponseFault(
            response.status,
            response.headers,
            await readShort(response),
            redact,
          );
        }
        const type = response.headers.get('content-type') ?? '';
        if (type.includes('json')) {
          yield checked(parse(await response.text()));
          return;
        }
        if (response.body === null || type.includes('html')) {
          throw new ServerFault(
            'server_error',
            `The model server answered with ${type || 'nothing'} in place of an event stream.`,
          );
        }
        const heard = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(bytes, controller) {
            silence.heard();
            controller.enqueue(bytes);
          },
        });
        for await (const { data } of readEvents(response.body.pipeThrough(heard))) {
          if (data === '[DONE]') {
            yield DONE;
            return;
          }
          yield checked(parse(data));
        }
      } catch (error) {
        if (error instanceof ServerFault || signal.aborted) throw error;
        if (silence.isOver()) {
          throw new ServerFault(
            'server_error',
            `The model server was silent for ${timeoutMs / 1000} s.`,
            { retryable: true },
          );
        }
        // What fetch and a broken stream say is about sockets: of no use to a reader, and it may hold the address.
        throw new ServerFault('server_error', 'The connection to the model server failed.', {
          retryable: true,
          cause: error,
        });
      } finally {
        silence.end();
      }
    },
  };

  function send(url: string, body: object, signal: AbortSignal): Promise<Response> {
    const post = options.fetch ?? ((address: string, init: RequestInit) => fetch(address, init));
    return post(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...headers,
      },
      body: JSON.stringify(body),
      signal,
    });
  }

  function checked(event: unknown): unknown {
    const { error } = toFields(event);
    if (error !== undefined && error !== null) throw createNetworkFault(error, redact);
    return event;
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ServerFault('server_error', 'The model server sent something that is no JSON.', {
      retryable: true,
    });
  }
}

async function readShort(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  return text.slice(0, LONGEST_REFUSAL);
}

/** A signal that is aborted with another one, or once nothing was heard for so long; aborted for good at the end. */
function watchSilence(timeoutMs: number, outer: AbortSignal) {
  const controller = new AbortController();
  const forward = () => controller.abort(outer.reason);
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isOver = true;
      controller.abort();
    }, timeoutMs);
  };
  heard();
  outer.addEventListener('abort', forward);
  if (outer.aborted) forward();
  return {
    signal: controller.signal,
    heard,
    isOver: () => isOver,
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', forward);
      controller.abort();
    },
  };
}
