import type { ModelError } from '../Model.js';
import { TOO_LONG } from './listAdjustments.js';
import { readRetryDelay } from './readRetryDelay.js';
import { readServerError, type ServerError } from './readServerError.js';
import { type FaultKind, ServerFault } from './ServerFault.js';

/** Functions that create the faults of one model server. */
export interface Faults {
  /** Creates the fault for a response with an error status. */
  fromResponse(response: Response, body: string): ServerFault;
  /** Creates the fault for an error inside a response that started successfully. */
  fromEvent(error: unknown): ServerFault;
}

const MAX_MESSAGE_LENGTH = 500;

/** Kinds of errors by the codes and types of servers. The first match wins. */
const KINDS: readonly (readonly [pattern: RegExp, kind: FaultKind])[] = [
  [/quota|billing|insufficient_(?:funds|balance|credits)|payment/i, 'quota'],
  [/rate_?limit|too_?many|throttl|resource_?exhausted/i, 'rate'],
  [/invalid_api_key|authentication|unauthenticated|unauthorized|permission/i, 'auth'],
  [/content_?(?:filter|policy)|data_inspection|moderation|safety/i, 'filter'],
  [/model_not_found|not_?found/i, 'missing'],
  [/invalid|bad_?request|context_length|too_long|too_large|unsupported|unprocessable/i, 'rejected'],
];

const STATUS_KINDS: Readonly<Record<number, FaultKind>> = {
  400: 'rejected',
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'missing',
  405: 'missing',
  406: 'rejected',
  410: 'missing',
  412: 'rejected',
  413: 'rejected',
  415: 'rejected',
  422: 'rejected',
  429: 'rate',
  451: 'filter',
  501: 'rejected',
};

/** Statuses of servers that are loading a model. */
const LOADING_STATUSES: ReadonlySet<number> = new Set([409, 425, 500, 502, 503]);

/** Statuses of servers that had no time or no capacity. */
const BUSY_STATUSES: ReadonlySet<number> = new Set([408, 409, 425, 498]);

/** Texts of errors of templates and type checks that servers report with status 500. */
const TEMPLATE_ERROR =
  /jinja|minja|chat.?template|roles? must alternate|role not supported|roles? (?:is|are) supported|NoneType|NullValue|can only concatenate|raise_exception/i;
/** Text of servers that reject an API key with status 400. */
const KEY_ERROR = /\b(?:invalid|incorrect|wrong) api key|api key (?:is )?(?:not valid|invalid)/i;
/** Texts of routers that refuse content with status 403. */
const FLAGGED = /flagged|moderation|content.?(?:policy|filter)|safety (?:system|filter|policy)/i;
const LOADING =
  /(?:is|being|not|still)(?: yet)? load(?:ing|ed)|\bloading\b|warming|starting|initiali[sz]ing/i;
const LOADING_FAILED = /fail|unable|cannot|could not/i;
/** Texts about a request that servers report with status 500, or without a status. */
const REFUSED =
  /not (?:yet )?(?:supported|implemented)|unsupported|(?:does not|doesn't) support|unexpected (?:keyword )?argument|unknown (?:argument|field|parameter)|stream.{0,40}not (?:available|enabled|allowed)|not (?:available|enabled|allowed).{0,40}stream/i;

const CODES: Partial<Record<FaultKind, ModelError['code']>> = {
  rate: 'rate_limit_exceeded',
  filter: 'invalid_prompt',
  rejected: 'invalid_prompt',
};

/** Beginning of a message, and what the operator can do about the fault. */
const TEXTS: Record<FaultKind, readonly [start: string, advice: string]> = {
  auth: [
    'The model server rejected the API key',
    'Check the API key of the model server and its permissions.',
  ],
  missing: [
    'The model server does not have this model or path',
    'Check the model name and the base URL of the model server.',
  ],
  rate: ['The model server received too many requests', ''],
  quota: ['The account of the model server has no credit left', ''],
  filter: ['The model server rejected the request', ''],
  rejected: ['The model server rejected the request', ''],
  loading: ['The model server is still loading the model', ''],
  silence: ['The model server sent no data', ''],
  connection: ['The connection to the model server failed', ''],
  failure: ['The model server failed', ''],
};

/** @param redact Removes API keys from the texts of the server. */
export function createFaults(
  redact: (text: string, isAuth: boolean) => string,
  now: () => number = Date.now,
): Faults {
  function create(
    error: ServerError,
    { status, body, response }: { status: number; body: string; response?: Response },
    toMessage: (kind: FaultKind, text: string) => string,
  ): ServerFault {
    const kind = getKind(error, status);
    const text = redact(error.message, kind === 'auth').slice(0, MAX_MESSAGE_LENGTH);
    return new ServerFault(getCode(kind, status), toMessage(kind, text), {
      kind,
      retryable: isRetryable(kind, status, response?.headers),
      retryAfterMs: readRetryDelay(response?.headers, body, now(), kind === 'rate'),
      detail: `${error.kinds} ${error.message}`,
      fields: error.fields,
      status: response?.status,
      requestId: response && getRequestId(response.headers),
    });
  }

  return {
    fromResponse: (response, body) =>
      create(readServerError(body), { status: response.status, body, response }, (kind, text) => {
        const [start, advice] = TEXTS[kind];
        const words = text === '' ? '.' : `: ${text}`;
        return `${start} (${response.status})${withAdvice(words, advice)}`;
      }),
    fromEvent: (value) => {
      const error = readServerError(value);
      const body = JSON.stringify(value) ?? '';
      return create(error, { status: error.status ?? 0, body }, (kind, text) => {
        if (text === '') return `${TEXTS[kind][0]} during its answer.`;
        return kind === 'auth' ? `${TEXTS.auth[0]}${withAdvice(`: ${text}`, TEXTS.auth[1])}` : text;
      });
    },
  };
}

/** Returns the id that a server gave a request; undefined without one. */
export function getRequestId(headers: Headers): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('x-trace-id');
  return id?.slice(0, 100);
}

function withAdvice(words: string, advice: string): string {
  if (advice === '') return words;
  return `${/[.!?]$/.test(words) ? words : `${words}.`} ${advice}`;
}

function getKind({ kinds, message }: ServerError, status: number): FaultKind {
  const named = KINDS.find(([pattern]) => pattern.test(kinds))?.[1];
  const byStatus = STATUS_KINDS[status];
  // A status says more than a code, apart from codes that tell errors of one status apart.
  if (byStatus === 'rejected' && KEY_ERROR.test(message)) return 'auth';
  if (byStatus === 'auth' && isFlagged(named, message, status)) return 'filter';
  if (byStatus === 'rate') return named === 'quota' ? named : byStatus;
  if (byStatus === 'rejected') return named === undefined || named === 'rate' ? byStatus : named;
  if (byStatus !== undefined) return byStatus;
  const byWords = getKindByWords(`${kinds} ${message}`, status);
  return byWords ?? getNamedKind(named, status);
}

function getNamedKind(named: FaultKind | undefined, status: number): FaultKind {
  return status >= 500 ? 'failure' : (named ?? 'failure');
}

/** Returns true if a router refuses the content of a request, not its key. */
function isFlagged(named: FaultKind | undefined, message: string, status: number): boolean {
  return named === 'filter' || (status === 403 && FLAGGED.test(message));
}

/** Returns the kind of an error whose status says nothing. */
function getKindByWords(words: string, status: number): FaultKind | undefined {
  const isLoading = LOADING.test(words) && !LOADING_FAILED.test(words);
  if (isLoading && LOADING_STATUSES.has(status)) return 'loading';
  return [TEMPLATE_ERROR, REFUSED, TOO_LONG].some((pattern) => pattern.test(words))
    ? 'rejected'
    : undefined;
}

function getCode(kind: FaultKind, status: number): ModelError['code'] {
  // An exhausted quota has the status of a rate limit at most servers.
  if (kind === 'quota') return status === 402 ? 'server_error' : 'rate_limit_exceeded';
  return CODES[kind] ?? 'server_error';
}

function isRetryable(kind: FaultKind, status: number, headers: Headers | undefined): boolean {
  const shouldRetry = headers?.get('x-should-retry') ?? undefined;
  if (shouldRetry !== undefined) return shouldRetry === 'true';
  if (kind === 'rate' || kind === 'loading') return true;
  return kind === 'failure' && (status === 0 || BUSY_STATUSES.has(status) || status >= 500);
}
