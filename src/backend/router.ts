import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { Hono } from 'hono/tiny';
import { isId } from '../protocol/ids.js';
import { operationIds, operationPaths } from '../protocol/operationPaths.js';
import type { OperationId } from '../protocol/types.js';
import { acceptBody, type JsonObject } from './acceptBody.js';
import type { BackendContext } from './context.js';
import { projectAnswer, readDialect } from './dialect.js';
import { HttpError, methodNotAllowed, notFound, serverError, unknownUrl, wrongBeta, wrongKey, wrongOrigin } from './errors.js';
import type { Answers, Body, Call, Dialect, Handlers, PathParameters, Streamed } from './http.js';
import { fingerprintOf, once } from './idempotency.js';
import { readInclude } from './include.js';
import { pollHint } from './pollHint.js';
import { readForm, readJson } from './readBody.js';
import { findFault, takesJson } from './validate.js';

/** What a router is told of the world around it. */
export interface RouterOptions {
  basePath: string;
  keys: readonly string[] | undefined;
  allowOrigin(origin: string, request: Request): boolean;
  limits: { jsonBytes: number; fileBytes: number };
  onError(error: unknown, request: Request): void;
}

const TAKING_INCLUDE: ReadonlySet<OperationId> = new Set(['createRun', 'listRunSteps', 'getRunStep']);

const EXPOSED_HEADERS = [
  'x-request-id',
  'openai-processing-ms',
  'openai-version',
  'openai-poll-after-ms',
  'idempotent-replayed',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
];

/**
 * Leads each request to the handler of its operation. On the way, in this order: origin, key, path and method, ids of the
 * path, version, body. Whatever is thrown becomes the documented error body.
 */
export function createRouter(handlers: Handlers<OperationId>, context: BackendContext, options: RouterOptions): Hono {
  const app = new Hono({ getPath: (request) => pathOf(request, options.basePath) });

  app.use(async (c, next) => {
    const start = context.now();
    await next();
    c.header('x-request-id', context.id('req_'));
    c.header('openai-processing-ms', String(Math.max(0, Math.round(context.now() - start))));
    c.header('openai-version', '2020-10-01');
  });
  app.use(
    cors({
      origin: (origin, c) => (options.allowOrigin(origin, c.req.raw) ? origin : null),
      allowMethods: ['GET', 'POST', 'DELETE'],
      exposeHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    }),
  );
  app.use(async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && !options.allowOrigin(origin, c.req.raw)) throw wrongOrigin(origin);
    if (options.keys !== undefined) checkKey(c.req.raw.headers, options.keys);
    // The small routers pass over a slash at the end, so that an empty id would mean the operation above.
    if (c.req.path.endsWith('/')) throw unknownUrl(c.req.method, new URL(c.req.url).pathname);
    await next();
  });

  for (const operation of operationIds) {
    const { method, path } = operationPaths[operation];
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => respond(operation, c));
  }
  app.notFound((c) => {
    const { pathname } = new URL(c.req.url);
    const allowed = methodsOf(c.req.path);
    throw allowed.length === 0 ? unknownUrl(c.req.method, pathname) : methodNotAllowed(c.req.method, pathname, allowed);
  });
  app.onError((error, c) => {
    const refusal = error instanceof HttpError ? error : serverError();
    if (refusal !== error) options.onError(error, c.req.raw);
    return json(JSON.stringify(refusal.body), refusal.status, refusal.headers);
  });
  return app;

  async function respond<Id extends OperationId>(operation: Id, c: Context): Promise<Response> {
    const { raw: request } = c.req;
    const params = c.req.param();
    for (const [name, id] of Object.entries(params)) {
      if (!isId(id)) throw notFound(kindOf(name), id);
    }
    const dialect = readDialect(request.headers);
    if (dialect === undefined) throw wrongBeta();
    const body = await readBody(operation, request, dialect);
    const call: Call<Id> = {
      operation,
      // Hono has matched the path of the operation, so its parameters are there.
      params: params as PathParameters<Id>,
      query: new URL(request.url).searchParams,
      // The JSON has passed the schema of the operation.
      body: body as Body<Id>,
      dialect,
      signal: request.signal,
    };

    const include = TAKING_INCLUDE.has(operation) ? readInclude(call.query) : [];
    const perform = async () => {
      const answering: Promise<Answers[OperationId] | Streamed<Answers[OperationId]> | Response> = handlers[operation](call);
      const answer = await answering;
      if (answer instanceof Response) return { answer, body: '' };
      if ('response' in answer) {
        return { answer: answer.response, body: JSON.stringify(projectAnswer(dialect, answer.object, include)) };
      }
      const text = JSON.stringify(projectAnswer(dialect, answer, include));
      return { answer: json(text, 200, pollHint(answer, context.now())), body: text };
    };

    const key = request.headers.get('idempotency-key');
    if (key === null || operationPaths[operation].method !== 'POST') return (await perform()).answer;
    const done = await once(context, key, await fingerprintOf([operation, params, dialect], body), perform);
    return done.fresh ?? json(done.body, 200, { 'idempotent-replayed': 'true' });
  }

  async function readBody(operation: OperationId, request: Request, dialect: Dialect): Promise<JsonObject | FormData | undefined> {
    if (operation === 'uploadFile') return readForm(request, options.limits.fileBytes);
    if (!takesJson(operation)) return undefined;
    const body = await readJson(request, options.limits.jsonBytes);
    const fault = findFault(operation, body);
    if (fault !== undefined) throw fault;
    // Every schema of a body asks for an object.
    return acceptBody(dialect, operation, body as JsonObject);
  }
}

/** `Authorization: Bearer KEY`, or `api-key: KEY` as other servers of this API take it. */
function checkKey(headers: Headers, keys: readonly string[]): void {
  const bearer = /^Bearer +(.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  const given = bearer ?? headers.get('api-key') ?? undefined;
  if (given === undefined || !keys.some((key) => isSame(key, given))) throw wrongKey(given !== undefined);
}

/** Takes as long whether the first character differs or the last. */
function isSame(key: string, given: string): boolean {
  let difference = key.length ^ given.length;
  for (let index = 0; index < key.length; index++) difference |= key.charCodeAt(index) ^ given.charCodeAt(index);
  return difference === 0;
}

function pathOf(request: Request, basePath: string): string {
  const { pathname } = new URL(request.url);
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
}

function methodsOf(path: string): string[] {
  const segments = path.split('/');
  const matching = Object.values(operationPaths).filter((operation) => {
    const pattern = operation.path.split('/');
    return (
      pattern.length === segments.length &&
      pattern.every((part, index) => part === segments[index] || (part.startsWith('{') && segments[index] !== ''))
    );
  });
  return [...new Set(matching.map(({ method }) => method))];
}

/** `step_id` names a run step, the others what their name says. */
function kindOf(parameter: string): string {
  return parameter === 'step_id' ? 'run step' : parameter.replace(/_id$/, '');
}

function json(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
}
