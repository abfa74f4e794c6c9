import type { Context } from 'hono';
import { cors } from 'hono/cors';
import { Hono } from 'hono/tiny';
import { isId } from '../../protocol/ids.js';
import { operationIds, operationPaths } from '../../protocol/operationPaths.js';
import type { OperationId } from '../../protocol/types.js';
import { normalizeBody, type JsonObject } from './body/normalizeBody.js';
import type { BackendContext } from './BackendContext.js';
import { projectResponse, readDialect } from './response/project.js';
import {
  HttpError,
  methodNotAllowed,
  notFound,
  serverError,
  storeFull,
  shuttingDown,
  unknownUrl,
  invalidBetaHeader,
  originNotAllowed,
} from '../domain/errors.js';
import type {
  OperationResponses,
  OperationBody,
  OperationCall,
  Dialect,
  Handlers,
  PathParameters,
  StreamedResponse,
} from './operations.js';
import { createFingerprint, runOnce } from './idempotency/runOnce.js';
import { checkApiKey } from './access/apiKeys.js';
import { readInclude } from './response/include.js';
import { getPollHint } from './response/getPollHint.js';
import { assistantFile } from './routes/assistantFiles.js';
import type { Change, Collection, Collections, Store } from '../stores/Store.js';
import { isStoreFull } from '../stores/StoreError.js';
import { readForm, readJson } from './body/readBody.js';
import { validateBody, hasJsonBody } from './body/validateBody.js';

/** What a router is told of the world around it. */
export interface RouterOptions {
  basePath: string;
  apiKeys: readonly string[] | undefined;
  allowOrigin(origin: string, request: Request): boolean;
  limits: { bodyBytes: number; uploadBytes: number };
  /** Lets a request through, or throws. Answers headers for its response. */
  admit(headers: Headers): Record<string, string>;
  /** Whether no new run is to begin. */
  isStopping(): boolean;
  onError(error: unknown, request: Request): void;
}

/** What sets a model to work. */
const WORKING: ReadonlySet<OperationId> = new Set([
  'createRun',
  'createThreadAndRun',
  'submitToolOutputsToRun',
]);

const TAKING_INCLUDE: ReadonlySet<OperationId> = new Set([
  'createRun',
  'listRunSteps',
  'getRunStep',
]);

const EXPOSED_HEADERS = [
  'date',
  'x-request-id',
  'openai-processing-ms',
  'openai-version',
  'openai-poll-after-ms',
  'idempotent-replayed',
  'retry-after',
  'retry-after-ms',
  'x-should-retry',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
];

/**
 * Leads each request to the handler of its operation. On the way, in this order: origin, key, path and method, ids of the
 * path, version, body. Whatever is thrown becomes the documented error body.
 */
export function createRouter(
  handlersOf: (context: BackendContext) => Handlers<OperationId>,
  context: BackendContext,
  options: RouterOptions,
): Hono {
  const handlers = handlersOf(context);
  const app = new Hono({ getPath: (request) => pathOf(request, options.basePath) });

  app.use(async (c, next) => {
    const start = context.now();
    await next();
    c.header('x-request-id', context.generateId('req_'));
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
    if (origin !== undefined && !options.allowOrigin(origin, c.req.raw))
      throw originNotAllowed(origin);
    if (options.apiKeys !== undefined) checkApiKey(c.req.raw.headers, options.apiKeys);
    // The small routers pass over a slash at the end, so that an empty id would mean the operation above.
    if (c.req.path.endsWith('/')) throw unknownUrl(c.req.method, new URL(c.req.url).pathname);
    const headers = options.admit(c.req.raw.headers);
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
  });

  for (const operation of operationIds) {
    const { method, path } = operationPaths[operation];
    app.on(method, path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) => respond(operation, c));
  }
  app.notFound((c) => {
    const { pathname } = new URL(c.req.url);
    const allowed = methodsOf(c.req.path);
    throw allowed.length === 0
      ? unknownUrl(c.req.method, pathname)
      : methodNotAllowed(c.req.method, pathname, allowed);
  });
  app.onError((error, c) => {
    const refusal =
      error instanceof HttpError ? error : isStoreFull(error) ? storeFull() : serverError();
    if (refusal !== error) options.onError(error, c.req.raw);
    return json(JSON.stringify(refusal.body), refusal.status, refusal.headers);
  });
  return app;

  async function respond<Id extends OperationId>(operation: Id, c: Context): Promise<Response> {
    const { raw: request } = c.req;
    if (WORKING.has(operation) && options.isStopping()) throw shuttingDown();
    const params = c.req.param();
    for (const [name, id] of Object.entries(params)) {
      if (!isId(id)) throw notFound(kindOf(name), id);
    }
    const dialect = readDialect(request.headers);
    if (dialect === undefined) throw invalidBetaHeader();
    const body = await readBody(operation, request, dialect);
    const call: OperationCall<Id> = {
      operation,
      // Hono has matched the path of the operation, so its parameters are there.
      params: params as PathParameters<Id>,
      query: new URL(request.url).searchParams,
      // The JSON has passed the schema of the operation.
      body: body as OperationBody<Id>,
      dialect,
      signal: request.signal,
    };

    const include = TAKING_INCLUDE.has(operation) ? readInclude(call.query) : [];
    const bodyOf = (object: OperationResponses[OperationId]) =>
      JSON.stringify(projectResponse(dialect, object, include));
    const perform = async (through: Handlers<OperationId>) => {
      const answering: Promise<
        | OperationResponses[OperationId]
        | StreamedResponse<OperationResponses[OperationId]>
        | Response
      > = through[operation](call);
      const answer = await answering;
      if (answer instanceof Response) return { answer, body: '' };
      if ('response' in answer) {
        return { answer: answer.response, body: bodyOf(answer.object) };
      }
      const text = bodyOf(answer);
      return { answer: json(text, 200, getPollHint(answer, context.now())), body: text };
    };

    const key = request.headers.get('idempotency-key') ?? '';
    if (key === '' || operationPaths[operation].method !== 'POST')
      return (await perform(handlers)).answer;
    const done = await runOnce(context, {
      key,
      fingerprint: await createFingerprint([operation, params, dialect], body),
      perform: (store: Store) => perform(handlersOf({ ...context, store })),
      foretell: (changes) => {
        const made = madeBy(operation, changes);
        return made === undefined ? undefined : bodyOf(made);
      },
    });
    return done.fresh ?? json(done.body, 200, { 'idempotent-replayed': 'true' });
  }

  async function readBody(
    operation: OperationId,
    request: Request,
    dialect: Dialect,
  ): Promise<JsonObject | FormData | undefined> {
    if (operation === 'uploadFile') return readForm(request, options.limits.uploadBytes);
    if (!hasJsonBody(operation)) return undefined;
    const body = await readJson(request, options.limits.bodyBytes);
    const fault = validateBody(operation, body);
    if (fault !== undefined) throw fault;
    // Every schema of a body asks for an object.
    return normalizeBody(dialect, operation, body as JsonObject);
  }
}

/** What these operations answer with is what they store. */
const MADE: { readonly [Id in OperationId]?: Collection } = {
  createAssistant: 'assistants',
  modifyAssistant: 'assistants',
  createThread: 'threads',
  modifyThread: 'threads',
  createMessage: 'messages',
  modifyMessage: 'messages',
  createRun: 'runs',
  createThreadAndRun: 'runs',
  modifyRun: 'runs',
  submitToolOutputsToRun: 'runs',
  cancelRun: 'runs',
  uploadFile: 'files',
};

/** The answer of an operation, found among the changes that it makes. */
function madeBy(
  operation: OperationId,
  changes: readonly Change[],
): OperationResponses[OperationId] | undefined {
  if (operation === 'createAssistantFile') {
    const assistant = lastPut('assistants', changes);
    const fileId = assistant?.file_ids.at(-1);
    return assistant && fileId ? assistantFile(assistant, fileId) : undefined;
  }
  const collection = MADE[operation];
  // The collections of MADE hold what their operations answer with.
  return (
    collection && (lastPut(collection, changes) as OperationResponses[OperationId] | undefined)
  );
}

function lastPut<C extends Collection>(
  collection: C,
  changes: readonly Change[],
): Collections[C] | undefined {
  const made = changes.findLast(
    (change) => change.type === 'put' && change.collection === collection,
  );
  // A change holds an object of the collection that it names.
  return made !== undefined && 'object' in made ? (made.object as Collections[C]) : undefined;
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
      pattern.every(
        (part, index) =>
          part === segments[index] || (part.startsWith('{') && segments[index] !== ''),
      )
    );
  });
  return [...new Set(matching.map(({ method }) => method))];
}

/** `step_id` names a run step, the others what their name says. */
function kindOf(parameter: string): string {
  return parameter === 'step_id' ? 'run step' : parameter.replace(/_id$/, '');
}

function json(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
