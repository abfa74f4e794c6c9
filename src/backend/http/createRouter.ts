import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { Hono } from 'hono/tiny';
import { operationIds, operationPaths } from '../../protocol/operationPaths.js';
import { EXTENSIONS_HEADER } from '../../protocol/extensions.js';
import type { OperationId } from '../../protocol/types.js';
import {
  HttpError,
  methodNotAllowed,
  originNotAllowed,
  serverError,
  storeFull,
  unknownUrl,
} from '../domain/errors.js';
import { isStoreFull } from '../stores/StoreError.js';
import type { BackendUser } from '../domain/BackendUser.js';
import type { UserReader } from './access/createUserReader.js';
import { checkApiKey } from './access/apiKeys.js';
import type { OriginRule } from './access/createOriginRule.js';
import type { BackendContext } from './BackendContext.js';
import { createOperationHandler, type OperationHandlerOptions } from './createOperationHandler.js';
import type { Handlers } from './operations.js';
import type { createModelRoutes } from './routes/models.js';
import { toJsonResponse } from './response/toJsonResponse.js';

/** Options for `createRouter`. */
export interface RouterOptions extends OperationHandlerOptions {
  /** Prefix of all paths, without a trailing slash. */
  basePath: string;
  /** Extensions of the API that the backend has, for `EXTENSIONS_HEADER`. */
  extensions: readonly string[];
  /** Accepted API keys. Undefined to accept requests without a key. */
  apiKeys: readonly string[] | undefined;
  /** Reads the user of a request. Undefined if all callers are one user. */
  readUser: UserReader | undefined;
  isOriginAllowed: OriginRule;
  /** Counts a request and returns the headers to add to its response. @throws HttpError 429 */
  checkRateLimit: (headers: Headers, user: BackendUser | undefined) => Record<string, string>;
  /** Answers `GET /models`. */
  models: ReturnType<typeof createModelRoutes>;
  /** Receives errors that are answered with 500 or 507, and those of `readUser`. */
  onError: (error: unknown, request: Request) => void;
}

/** Values that middleware passes on to the routes. */
interface RouterEnvironment {
  Variables: { user: BackendUser | undefined };
}

const AZURE_PATHS = ['/openai/v1', '/openai'];

/** Response headers that pages of other origins may read. */
const EXPOSED_HEADERS = [
  'date',
  'x-request-id',
  'openai-processing-ms',
  'openai-version',
  'openai-poll-after-ms',
  'idempotent-replayed',
  EXTENSIONS_HEADER,
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
];

/**
 * Creates the router of a backend. Checks each request in this order: origin, API key, user, rate limit, path and method, path
 * parameters, API version, body. Errors become error bodies of the contract.
 */
export function createRouter(
  createHandlers: (context: BackendContext) => Handlers<OperationId>,
  context: BackendContext,
  options: RouterOptions,
): Hono<RouterEnvironment> {
  const handle = createOperationHandler(createHandlers, context, options);
  const app = new Hono<RouterEnvironment>({
    getPath: (request) => getOperationPath(request, options.basePath),
  });
  app.use(addResponseHeaders(context, options.extensions.join(', ')));
  app.use(
    cors({
      origin: (origin, c) => (options.isOriginAllowed(origin, c.req.raw) ? origin : null),
      allowMethods: ['GET', 'POST', 'DELETE'],
      exposeHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    }),
  );
  app.use(checkAccess(options));
  for (const operation of operationIds) {
    const { method, path } = operationPaths[operation];
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) =>
      handle(operation, c.req.raw, c.req.param(), c.get('user')),
    );
  }
  app.get('/models', async (c) =>
    toJsonResponse(JSON.stringify(await options.models.listModels(c.req.raw.signal))),
  );
  // Names of models may contain slashes.
  app.get('/models/*', async (c) => {
    const name = safeDecode(c.req.path.slice('/models/'.length));
    return toJsonResponse(JSON.stringify(await options.models.getModel(name, c.req.raw.signal)));
  });
  app.notFound((c) => {
    throw createRoutingError(c);
  });
  app.onError((error, c) => {
    const httpError = toHttpError(error);
    if (httpError !== error) options.onError(error, c.req.raw);
    const { status, headers, body } = httpError;
    return toJsonResponse(JSON.stringify(body), { status, headers });
  });
  return app;
}

function addResponseHeaders(context: BackendContext, extensions: string): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = context.now();
    await next();
    const elapsedMs = Math.max(0, Math.round(context.now() - startedAt));
    c.header('x-request-id', context.generateId('req_'));
    c.header('openai-processing-ms', String(elapsedMs));
    c.header('openai-version', '2020-10-01');
    c.header(EXTENSIONS_HEADER, extensions);
  };
}

function checkAccess(options: RouterOptions): MiddlewareHandler<RouterEnvironment> {
  return async (c, next) => {
    const { raw: request } = c.req;
    const origin = request.headers.get('origin');
    // The CORS headers only keep pages from reading the response. This also keeps them from sending requests.
    if (origin !== null && !options.isOriginAllowed(origin, request))
      throw originNotAllowed(origin);
    if (options.apiKeys !== undefined) checkApiKey(request.headers, options.apiKeys);
    const user = await options.readUser?.(request);
    c.set('user', user);
    // Hono ignores a trailing slash, so a path with an empty id would match the operation of its parent.
    if (c.req.path.endsWith('/')) throw unknownUrl(c.req.method, new URL(c.req.url).pathname);
    const rateLimitHeaders = options.checkRateLimit(request.headers, user);
    await next();
    for (const [name, value] of Object.entries(rateLimitHeaders)) c.header(name, value);
  };
}

function toHttpError(error: Error): HttpError {
  if (error instanceof HttpError) return error;
  return isStoreFull(error) ? storeFull() : serverError();
}

function createRoutingError(c: Context): HttpError {
  const { pathname } = new URL(c.req.url);
  const allowedMethods = listMethods(c.req.path);
  return allowedMethods.length === 0
    ? unknownUrl(c.req.method, pathname)
    : methodNotAllowed(c.req.method, pathname, allowedMethods);
}

/**
 * Returns the path of a request without the base path. Operations are also available without it, and below the paths that SDKs
 * of Azure OpenAI append to an endpoint.
 */
function getOperationPath(request: Request, basePath: string): string {
  const { pathname } = new URL(request.url);
  const prefix = [basePath, ...AZURE_PATHS]
    .toSorted((a, b) => b.length - a.length)
    .find((path) => pathname.startsWith(`${path}/`));
  return prefix === undefined ? pathname : pathname.slice(prefix.length);
}

/** Returns text that is not encoded correctly as it is. */
function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Lists the methods of the operations that have this path. */
function listMethods(path: string): string[] {
  const segments = path.split('/');
  const matching = Object.values(operationPaths).filter((operation) =>
    matchesPattern(segments, operation.path.split('/')),
  );
  return [...new Set(matching.map(({ method }) => method))];
}

function matchesPattern(segments: readonly string[], pattern: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => {
      const segment = segments[index];
      return part === segment || (part.startsWith('{') && segment !== '');
    })
  );
}
