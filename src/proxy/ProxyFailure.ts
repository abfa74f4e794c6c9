import { createErrorBody, type ErrorBodyDetails } from '../protocol/createErrorBody.js';

/** Options of a `ProxyFailure`. */
export interface ProxyFailureOptions extends ErrorBodyDetails {
  headers?: Record<string, string>;
  cause?: unknown;
}

/** Failure that is answered with an error of the API. Its message is sent to the caller. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';

  constructor(
    readonly status: number,
    message: string,
    private readonly options: ProxyFailureOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }

  toResponse(): Response {
    const { headers, cause: _, ...details } = this.options;
    return Response.json(createErrorBody(this.message, details), {
      status: this.status,
      headers: { 'cache-control': 'no-store', ...headers },
    });
  }
}

/**
 * Creates a 404. It is the same for unknown operations, for missing objects and for objects of other users, so that a caller
 * cannot tell them apart.
 */
export function createNotFound(): ProxyFailure {
  return new ProxyFailure(404, 'Not found: it does not exist, or you may not use it.');
}

/** Creates a 403 for a part of a request that the policy denies. */
export function createDenied(operation: string, param: string): ProxyFailure {
  const shown = param.slice(0, 100);
  return new ProxyFailure(403, `This proxy does not allow '${shown}' in ${operation}.`, {
    param: shown,
    code: 'not_allowed',
  });
}

/** Creates a 502 for an upstream server that fails, or whose response must not be forwarded. */
export function createBadGateway(message: string, cause?: unknown): ProxyFailure {
  return new ProxyFailure(502, message, { type: 'server_error', cause });
}
