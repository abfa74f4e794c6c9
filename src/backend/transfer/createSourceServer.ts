import { isRecord } from '../../common/isRecord.js';
import { isRedirect } from '../../common/isRedirect.js';
import { sleep as defaultSleep } from '../../common/sleep.js';
import { toFields } from '../../common/toFields.js';
import { tryParseJson } from '../../common/tryParseJson.js';
import { parseRetryAfter } from '../../protocol/parseRetryAfter.js';
import { isTooDeep } from './isTooDeep.js';
import { toShortText } from './toShortText.js';
import type { Fields } from './ThreadRecord.js';
import { TransferError } from './TransferError.js';

/** Options for reading a server. */
export interface SourceServerOptions {
  /** Base URL of the API. Its query is sent with every request, such as `?api-version=v1`. */
  baseUrl: string;
  /** Sent as `Authorization: Bearer`. */
  apiKey?: string;
  /** Headers of each request. They override the default headers. */
  headers?: Readonly<Record<string, string>>;
  /** Version in the OpenAI-Beta header; false for servers without versions. @default 'v2' */
  apiVersion?: 'v1' | 'v2' | false;
  /** @default the global fetch */
  fetch?: (url: URL, init: RequestInit) => Promise<Response>;
  /** Waits between attempts. @default a timer */
  sleep?: (delayMs: number, signal?: AbortSignal) => Promise<void>;
  /** Stops the import between two requests. */
  signal?: AbortSignal;
  /** Returns the time in milliseconds. @default Date.now */
  now?: () => number;
}

/** Server of the Assistants API that is read. */
export interface SourceServer {
  /** Returns an object. @throws MissingError */
  get(path: string): Promise<Fields>;
  /** Returns a whole list, oldest first. @throws MissingError */
  list(path: string): Promise<Fields[]>;
  /** Returns bytes. @throws MissingError */
  getBytes(path: string): Promise<Uint8Array>;
}

/** The server does not have an object or an operation, or does not give it out. */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}

/** Attempts of a request that is limited, or fails on the side of the server. */
const MAX_ATTEMPTS = 6;
const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 120_000;
const PAGE = 100;
/** Smallest page of servers that ignore the limit. */
const MIN_PAGE = 20;

/** Creates a reader of a server that respects its rate limits. */
export function createSourceServer(options: SourceServerOptions): SourceServer {
  const { signal, now = Date.now, sleep = defaultSleep } = options;
  const base = new URL(options.baseUrl);
  // Reads the global fetch for each request, so that it can be replaced later.
  const sendRequest = options.fetch ?? ((url: URL, init: RequestInit) => fetch(url, init));
  const headers = createHeaders(options);
  let hasAnswered = false;

  /** Sends a request with a signal of its own: Node leaves a listener at the signal of each, and warns of a leak after 1,500. */
  async function send(url: URL): Promise<Answer | Error> {
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      const init = { headers, redirect: 'manual', signal: controller.signal } as const;
      return await readAnswer(await sendRequest(url, init));
    } catch (error) {
      return toFailure(error);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * Returns the body. One that breaks off is requested again, because half of a list would look like a whole one.
   *
   * @param isGuess True for a page that may not exist. Its failures are final, unless they are a rate limit.
   */
  async function request(
    path: string,
    query: Record<string, string> = {},
    isGuess = false,
  ): Promise<Uint8Array> {
    const url = new URL(base);
    url.pathname = url.pathname.replace(/\/+$/, '') + path;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const answer = await send(url);
      signal?.throwIfAborted();
      const delayMs = getDelay(answer, attempt);
      const isFinal = isGuess && !(answer instanceof Error) && answer.response.status !== 429;
      if (delayMs === undefined || attempt >= MAX_ATTEMPTS || isFinal)
        return assertOk(answer, url, path);
      await sleep(delayMs, signal);
    }
  }

  /** Returns undefined for an answer that is final. */
  function getDelay(answer: Answer | Error, attempt: number): number | undefined {
    // An address that has never answered is probably wrong.
    if (answer instanceof Error) return hasAnswered ? getBackoff(attempt) : undefined;
    hasAnswered = true;
    return getRetryDelay(answer.response, attempt);
  }

  /** Returns undefined for a response that is final. */
  function getRetryDelay(response: Response, attempt: number): number | undefined {
    const isTemporary = [408, 409, 429].includes(response.status) || response.status >= 500;
    if (!isTemporary || response.status === 501) return undefined;
    return Math.min(parseRetryAfter(response.headers, now()) ?? getBackoff(attempt), MAX_DELAY_MS);
  }

  async function getJson(
    path: string,
    query: Record<string, string> = {},
    isGuess = false,
  ): Promise<Fields> {
    const value = parseJson(await request(path, query, isGuess));
    if (isTooDeep(value)) throw new MissingError(`${path} got JSON that is nested too deeply`);
    if (isRecord(value)) return value;
    if (Array.isArray(value)) return { data: value };
    throw new MissingError(`${path} got something that is not JSON`);
  }

  return {
    get: (path) => getJson(path),

    getBytes: (path) => request(path),

    list: (path) => readList((query, isGuess) => getJson(path, query, isGuess)),
  };
}

type GetPage = (query: Record<string, string>, isGuess: boolean) => Promise<Fields>;

async function readList(getPage: GetPage): Promise<Fields[]> {
  const items = new Map<unknown, Fields>();
  let query: Record<string, string> = { order: 'asc', limit: String(PAGE) };
  let page: Fields | undefined = await getPage(query, false);
  while (page !== undefined) {
    const knownCount = items.size;
    const data = Array.isArray(page['data']) ? page['data'].filter(isRecord) : [];
    for (const item of data) if (!items.has(item['id'])) items.set(item['id'], item);
    const last = toFields(data.at(-1))['id'];
    // Some servers ignore the cursor, and would send the same page for ever.
    if (items.size === knownCount || typeof last !== 'string') break;
    query = { ...query, after: last };
    const { has_more: hasMore } = page;
    if (hasMore === true) page = await getPage(query, false);
    // Some servers do not say if there are more, or say always that there are none.
    else if (data.length >= (hasMore === false ? PAGE : MIN_PAGE))
      page = await findPage(getPage, query);
    else break;
  }
  return [...items.values()];
}

/** Returns a page that the server has not announced. Undefined if the server has none, or fails at cursors. */
async function findPage(
  getPage: GetPage,
  query: Record<string, string>,
): Promise<Fields | undefined> {
  try {
    return await getPage(query, true);
  } catch (error) {
    if (error instanceof MissingError || error instanceof TransferError) return undefined;
    throw error;
  }
}

function createHeaders({ apiKey, headers = {}, apiVersion = 'v2' }: SourceServerOptions): Headers {
  const created = new Headers({ accept: '*/*' });
  if (apiKey !== undefined) created.set('authorization', `Bearer ${apiKey}`);
  if (apiVersion !== false) created.set('openai-beta', `assistants=${apiVersion}`);
  for (const [name, value] of Object.entries(headers)) created.set(name, value);
  return created;
}

function getBackoff(attempt: number): number {
  return MIN_DELAY_MS * 2 ** (attempt - 1);
}

/** Response with its whole body. */
interface Answer {
  response: Response;
  bytes: Uint8Array;
}

async function readAnswer(response: Response): Promise<Answer> {
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

function parseJson(bytes: Uint8Array): unknown {
  return tryParseJson(new TextDecoder().decode(bytes));
}

/** Returns the error as a value: it decides about a repetition like a response. */
function toFailure(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * @throws MissingError if the server lacks what was requested
 * @throws TransferError if it cannot be reached, refuses the key, or keeps failing
 */
function assertOk(answer: Answer | Error, { host }: URL, path: string): Uint8Array {
  if (answer instanceof Error) {
    const reason = toShortText(toFields(answer.cause)['code'], answer.message);
    throw new TransferError(
      `The server ${host} cannot be reached (${reason}). Check --from and the connection. What was imported so far stays: repeat the command to continue.`,
    );
  }
  const { response, bytes } = answer;
  if (response.ok) return bytes;
  const { status } = response;
  if (isRedirect(response) || status === 0) {
    throw new TransferError(
      'The server redirects. Redirects are not followed, because they would send the key to another address. Set --from to the final address.',
    );
  }
  if (status === 401)
    throw new TransferError(
      'The server refused the key (401). Check --key, or the SOURCE_API_KEY variable.',
    );
  const reason = toShortText(toFields(toFields(parseJson(bytes))['error'])['message'], '');
  const text = `${path} got ${status}${reason === '' ? '' : `: ${reason}`}`;
  if (status === 429 || (status >= 500 && status !== 501)) {
    throw new TransferError(
      `The server kept failing: ${text}. What was imported so far stays: repeat the command to continue.`,
    );
  }
  throw new MissingError(text);
}
