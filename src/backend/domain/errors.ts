import type { WireError } from '../../protocol/types.js';

/** A refusal: thrown anywhere below a route, answered as the documented error body. Nothing else of an error goes out. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  /** Response headers that belong to the refusal, such as Allow. */
  readonly headers: Record<string, string>;

  constructor(
    readonly status: number,
    message: string,
    details: {
      type?: string;
      param?: string | null;
      code?: string | null;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(message);
    this.type = details.type ?? 'invalid_request_error';
    this.param = details.param ?? null;
    this.code = details.code ?? null;
    this.headers = details.headers ?? {};
  }

  /** The body, all four keys of it. */
  get body(): { error: WireError } {
    return {
      error: { message: this.message, type: this.type, param: this.param, code: this.code },
    };
  }
}

/** 400, for a request that cannot be granted as it is or now. */
export function badRequest(
  message: string,
  details: { param?: string | null; code?: string | null } = {},
): HttpError {
  return new HttpError(400, message, details);
}

/** 404: `No thread found with id 'thread_X'.` */
export function notFound(kind: string, id: string): HttpError {
  return new HttpError(404, `No ${kind} found with id '${id}'.`);
}

/** 404 for a path that is no operation. */
export function unknownUrl(method: string, path: string): HttpError {
  return new HttpError(404, `Invalid URL (${method} ${path})`);
}

/** 405 for a path that has operations, none of them with this method. */
export function methodNotAllowed(
  method: string,
  path: string,
  allowed: readonly string[],
): HttpError {
  return new HttpError(
    405,
    `Not allowed to ${method} on ${path}. Allowed: ${allowed.join(', ')}.`,
    {
      code: 'method_not_supported',
      headers: { allow: allowed.join(', ') },
    },
  );
}

/** 401 for a request without a key, or with one that is not known. The key itself is not repeated. */
export function invalidApiKey(given: boolean): HttpError {
  const message = given
    ? 'Incorrect API key provided.'
    : "You didn't provide an API key. Provide it in an Authorization header of the form 'Authorization: Bearer KEY'.";
  return new HttpError(401, message, { code: 'invalid_api_key' });
}

/** 400 for an OpenAI-Beta header that names no version of this API. */
export function invalidBetaHeader(): HttpError {
  return badRequest(
    "You must provide the 'OpenAI-Beta' header to access the Assistants API. Use 'OpenAI-Beta: assistants=v2' or 'OpenAI-Beta: assistants=v1'.",
    { code: 'invalid_beta' },
  );
}

/** 403 for a page of an origin that may not use this backend. */
export function originNotAllowed(origin: string): HttpError {
  return new HttpError(
    403,
    `Pages of the origin '${origin}' may not use this server. Add the origin to its \`cors\` option.`,
    {
      code: 'origin_not_allowed',
    },
  );
}

/** 413 for a body over the limit. */
export function requestTooLarge(limitBytes: number): HttpError {
  return new HttpError(413, `The request body is larger than ${limitBytes} bytes.`, {
    code: 'request_too_large',
  });
}

/** 500 for whatever nobody foresaw; says nothing of the cause. */
export function serverError(): HttpError {
  return new HttpError(
    500,
    'The server had an error while processing your request. Sorry about that!',
    {
      type: 'server_error',
    },
  );
}

/** 503 for a new run when the server is about to end. Another, or this one once it is back, will take it. */
export function shuttingDown(): HttpError {
  return new HttpError(
    503,
    'The server is shutting down and begins no new runs. Please try again in a moment.',
    {
      type: 'server_error',
      code: 'server_shutting_down',
      headers: { 'retry-after': '5' },
    },
  );
}

/** 507 when there is no room left to store anything. Trying again at once does not make room. */
export function storeFull(): HttpError {
  return new HttpError(
    507,
    'The server has no room left to store this. Nothing was changed; what is stored can still be read.',
    {
      type: 'server_error',
      code: 'insufficient_storage',
      headers: { 'x-should-retry': 'false' },
    },
  );
}

/** 400 for a field that the body has no place for. */
export function unknownParameter(param: string): HttpError {
  return badRequest(`Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });
}

/** 400 for a field that must be there. */
export function missingParameter(param: string): HttpError {
  return badRequest(`Missing required parameter: '${param}'.`, {
    param,
    code: 'missing_required_parameter',
  });
}

/** 400 for a value outside the known ones. */
export function invalidValue(
  param: string,
  value: string,
  supported: readonly string[],
): HttpError {
  const named = supported.map((one) => `'${one}'`);
  const last = named.pop() ?? '';
  const list =
    named.length === 0 ? last : `${named.join(', ')}${named.length > 1 ? ',' : ''} and ${last}`;
  return badRequest(`Invalid value: '${value}'. Supported values are: ${list}.`, {
    param,
    code: 'invalid_value',
  });
}

/** 400 for a value of another type: `expected a string, but got an array instead`. */
export function invalidType(param: string, expected: string, got: string): HttpError {
  return badRequest(`Invalid type for '${param}': expected ${expected}, but got ${got} instead.`, {
    param,
    code: 'invalid_type',
  });
}
