import { sliceText } from '../../common/sliceText.js';
import { createErrorBody, type ErrorBodyDetails } from '../../protocol/createErrorBody.js';
import type { WireError } from '../../protocol/types.js';

/** Details of an `HttpError`. */
export interface HttpErrorDetails extends ErrorBodyDetails {
  /** Additional response headers, such as Allow. */
  headers?: Record<string, string>;
}

/**
 * Error that becomes an error response with its status, body and headers. Every other error becomes a 500 response that does
 * not reveal its cause.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly body: { error: WireError };
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    message: string,
    { headers = {}, ...details }: HttpErrorDetails = {},
  ) {
    // The parts of a message that callers choose are shortened before. This covers what was forgotten.
    super(shorten(message, MAX_MESSAGE_LENGTH));
    const param = shortenParam(details.param);
    this.body = createErrorBody(this.message, { ...details, ...param });
    this.headers = headers;
  }
}

const MAX_MESSAGE_LENGTH = 1_000;
/** Maximum length of a value or a name of the caller in an error. */
const MAX_QUOTE_LENGTH = 200;

/** Shortens a text of the caller, so that an error never repeats a large body. */
export function shorten(text: string, maxLength = MAX_QUOTE_LENGTH): string {
  if (text.length <= maxLength) return text;
  return `${sliceText(text, 0, maxLength - 1)}…`;
}

function shortenParam(param: string | null | undefined): { param?: string } {
  return typeof param === 'string' ? { param: shorten(param) } : {};
}

/** 400: the request is invalid, or not possible in the current state. */
export function badRequest(message: string, details: ErrorBodyDetails = {}): HttpError {
  return new HttpError(400, message, details);
}

/** 404: `No thread found with id 'thread_X'.` */
export function notFound(kind: string, id: string): HttpError {
  return new HttpError(404, `No ${kind} found with id '${shorten(id)}'.`);
}

/** 410: the log no longer holds the events after the requested one. */
export function eventsExpired(runId: string): HttpError {
  return new HttpError(
    410,
    `The events of run '${runId}' after 'starting_after' are not available any more. Get the run without 'stream' instead.`,
    { code: 'events_expired' },
  );
}

/** 404: no operation has this path. */
export function unknownUrl(method: string, path: string): HttpError {
  return new HttpError(404, `Invalid URL (${method} ${shorten(path)})`);
}

/** 405: operations have this path, but not with this method. */
export function methodNotAllowed(
  method: string,
  path: string,
  allowedMethods: readonly string[],
): HttpError {
  const allow = allowedMethods.join(', ');
  return new HttpError(405, `Not allowed to ${method} on ${shorten(path)}. Allowed: ${allow}.`, {
    code: 'method_not_supported',
    headers: { allow },
  });
}

/** 401: the API key is missing or wrong. The message does not repeat it. */
export function invalidApiKey(isMissing: boolean): HttpError {
  const message = isMissing
    ? "You didn't provide an API key. Provide it in an Authorization header of the form 'Authorization: Bearer KEY'."
    : 'Incorrect API key provided.';
  return new HttpError(401, message, { code: 'invalid_api_key' });
}

/** 401: no user is known for the request. The message is the same for missing and for wrong credentials. */
export function unknownUser(): HttpError {
  return new HttpError(
    401,
    'The server does not know the user of this request. Sign in, or send a valid API key or token.',
    { code: 'invalid_api_key' },
  );
}

/** 503: users cannot be verified at the moment. */
export function identityUnavailable(cause: unknown): HttpError {
  const error = new HttpError(
    503,
    'The server cannot verify users at the moment. Please try again in a moment.',
    { type: 'server_error', code: 'identity_unavailable', headers: { 'retry-after': '5' } },
  );
  error.cause = cause;
  return error;
}

/** 403: the user may use an assistant but not change it. */
export function sharedAssistant(id: string): HttpError {
  return new HttpError(
    403,
    `The assistant '${shorten(id)}' is shared. Only an admin can change it. Create an assistant of your own.`,
    { code: 'shared_assistant' },
  );
}

/** 400: the OpenAI-Beta header names no known version of the API. */
export function invalidBetaHeader(): HttpError {
  return badRequest(
    "You must provide the 'OpenAI-Beta' header to access the Assistants API. Use 'OpenAI-Beta: assistants=v2' or 'OpenAI-Beta: assistants=v1'.",
    { code: 'invalid_beta' },
  );
}

/** 403: the request comes from a page of another origin. */
export function originNotAllowed(origin: string): HttpError {
  return new HttpError(
    403,
    `The origin '${shorten(origin)}' is not allowed to use this server. Add it with --cors ${shorten(origin)} on the command line, or to the \`cors\` option.`,
    { code: 'origin_not_allowed' },
  );
}

/** 413: the request body exceeds the limit. */
export function requestTooLarge(limitBytes: number): HttpError {
  return new HttpError(413, `The request body is larger than ${limitBytes} bytes.`, {
    code: 'request_too_large',
  });
}

/** 500: unexpected error. */
export function serverError(): HttpError {
  return new HttpError(
    500,
    'The server had an error while processing your request. Sorry about that!',
    { type: 'server_error' },
  );
}

/** 503: the server is shutting down. A retry reaches another server, or this one after its restart. */
export function shuttingDown(): HttpError {
  return new HttpError(
    503,
    'The server is shutting down and does not start new runs. Please try again in a moment.',
    { type: 'server_error', code: 'server_shutting_down', headers: { 'retry-after': '5' } },
  );
}

/** Returns the error for a run of a user who has too many active ones. */
export function tooManyRuns(maxRuns: number): HttpError {
  return new HttpError(
    429,
    `You have ${maxRuns} active runs. Wait until one of them has ended, or cancel one.`,
    { type: 'rate_limit_exceeded', code: 'too_many_runs', headers: { 'retry-after': '5' } },
  );
}

/** 507: the store is full. Tells clients not to retry, because a retry would fail too. */
export function storeFull(): HttpError {
  return new HttpError(
    507,
    'The server has no space left. Nothing was changed. Stored objects can still be read.',
    {
      type: 'server_error',
      code: 'insufficient_storage',
      headers: { 'x-should-retry': 'false' },
    },
  );
}

/** 400: the body contains an unknown field. */
export function unknownParameter(param: string): HttpError {
  return badRequest(`Unknown parameter: '${shorten(param)}'.`, {
    param,
    code: 'unknown_parameter',
  });
}

/** 400: a required field is missing. */
export function missingParameter(param: string): HttpError {
  return badRequest(`Missing required parameter: '${shorten(param)}'.`, {
    param,
    code: 'missing_required_parameter',
  });
}

/** 400: the value is not one of the supported ones. */
export function invalidValue(
  param: string,
  value: string,
  supported: readonly string[],
): HttpError {
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(
    supported.map((name) => `'${name}'`),
  );
  return badRequest(`Invalid value: '${shorten(value)}'. Supported values are: ${list}.`, {
    param,
    code: 'invalid_value',
  });
}

/** 400: the value has the wrong type, as in `expected a string, but got an array instead`. */
export function invalidType(param: string, expected: string, actual: string): HttpError {
  return badRequest(
    `Invalid type for '${shorten(param)}': expected ${expected}, but got ${actual} instead.`,
    { param, code: 'invalid_type' },
  );
}
