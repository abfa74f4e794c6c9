import type { OperationId } from '../protocol/types.js';
import type { BackendContext } from './http/BackendContext.js';
import { createEngine } from './engine/createEngine.js';
import { overlayStore } from './engine/overlayStore.js';
import { createKeyedMutex } from '../common/createKeyedMutex.js';
import type { Handlers } from './http/operations.js';
import { readApiKey } from './http/access/apiKeys.js';
import type { Model } from './models/model.js';
import { scriptedModel } from './models/scripted/scriptedModel.js';
import { withAbort } from './models/withAbort.js';
import { randomId } from '../common/randomId.js';
import { createRateLimitHeaders } from './http/access/rateLimit.js';
import { finishRemovals } from './domain/removeThread.js';
import { createRouter } from './http/createRouter.js';
import { assistantFileRoutes } from './http/routes/assistantFiles.js';
import { assistantRoutes } from './http/routes/assistants.js';
import { fileRoutes } from './http/routes/files.js';
import { messageFileRoutes } from './http/routes/messageFiles.js';
import { messageRoutes } from './http/routes/messages.js';
import { runRoutes } from './http/routes/runs.js';
import { runStepRoutes } from './http/routes/runSteps.js';
import { threadRoutes } from './http/routes/threads.js';
import type { Store } from './stores/Store.js';
import { memoryStore } from './stores/memoryStore.js';

export interface BackendOptions {
  /** Who answers. @default scriptedModel(), the demo */
  model?: Model;
  /** Where objects are kept. @default memoryStore() */
  store?: Store;
  /** Milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** A new id behind the prefix. @default 24 random letters and digits */
  generateId?: (prefix: string) => string;
  /** The keys that are let in, as `Authorization: Bearer KEY`. @default any key, and none */
  apiKeys?: readonly string[];
  /**
   * The origins whose pages may use the backend from elsewhere; `'*'` is all of them. Its own origin always may. Requests
   * of other origins are refused.
   * @default `'*'` with keys, else the pages of this machine (localhost), since without keys any page could read all threads
   */
  cors?: '*' | readonly string[];
  /** Where the operations live; they also answer without it. @default '/v1' */
  basePath?: string;
  /** The largest body of a request in bytes. @default 16 MiB of JSON, 512 MiB for an upload */
  limits?: { bodyBytes?: number; uploadBytes?: number };
  /** How many requests each key may send; without keys, all callers together. Told in x-ratelimit-* headers. @default no limit */
  rateLimit?: { requestsPerMinute: number };
  /** Told of whatever is answered with 500 or 507. @default console.error */
  onError?: (error: unknown, request: Request) => void;
}

export interface DrainOptions {
  /** How long runs may go on. @default 10,000 */
  deadlineMs?: number;
}

/** An Assistants backend as a function. */
export interface Backend {
  /**
   * Answers a request. Give it to a client as its `fetch`, or to any server that speaks Request and Response. Rejects as
   * fetch does once `request.signal` is aborted; what the request has begun on the server, a run above all, goes on.
   */
  fetch: (request: Request) => Promise<Response>;
  /** Resolves when no run is being worked on. */
  idle(): Promise<void>;
  /**
   * Refuses new runs from now on and waits for those at work. Those that still are at the deadline fail with
   * `server_error`, and so do their streams, cleanly. Everything else is answered as before.
   */
  drain(options?: DrainOptions): Promise<void>;
  /** Drains, then closes the store. Never hangs. */
  close(options?: DrainOptions): Promise<void>;
}

/**
 * A backend that answers every operation of the contract, in both versions: a request says which by its OpenAI-Beta header,
 * and without one it is version 2. Uses web standards alone, so it runs in a page, a worker, Node or at the edge.
 */
export function createBackend(options: BackendOptions = {}): Backend {
  const store = overlayStore(options.store ?? memoryStore());
  const stop = new AbortController();
  const now = options.now ?? Date.now;
  const rateLimit =
    options.rateLimit && createRateLimitHeaders(options.rateLimit.requestsPerMinute, now);
  const keyed = options.apiKeys !== undefined;
  let isStopping = false;
  const shared = {
    model: withAbort(options.model ?? scriptedModel(), stop.signal),
    now,
    generateId: options.generateId ?? randomId,
    withLock: createKeyedMutex(),
  };
  const onError = options.onError ?? logError;
  const engine = createEngine({ ...shared, store });
  let recovered: Promise<void> | undefined;
  let swept = Promise.resolve();
  /** Before the first request is answered; again before the next one when the store was not to be read. */
  const recover = (request: Request) =>
    (recovered ??= engine
      .recover()
      .then(() => {
        // Nothing of it can be seen, so nobody waits for it.
        swept = finishRemovals(store, stop.signal).catch((error: unknown) =>
          onError(error, request),
        );
      })
      .catch((error: unknown) => {
        recovered = undefined;
        onError(error, request);
      }));
  const idle = async () => {
    await engine.idle();
    await swept;
  };
  const context: BackendContext = { ...shared, store, engine };
  const router = createRouter(routes, context, {
    basePath: (options.basePath ?? '/v1').replace(/\/+$/, ''),
    apiKeys: options.apiKeys,
    allowOrigin: originRule(options),
    limits: {
      bodyBytes: options.limits?.bodyBytes ?? 16 * 1024 * 1024,
      uploadBytes: options.limits?.uploadBytes ?? 512 * 1024 * 1024,
    },
    admit: (headers) => rateLimit?.((keyed ? readApiKey(headers) : undefined) ?? '') ?? {},
    isStopping: () => isStopping,
    onError,
  });

  async function drain({ deadlineMs = 10_000 }: DrainOptions = {}): Promise<void> {
    isStopping = true;
    const done = idle();
    if (await settlesWithin(done, deadlineMs)) return;
    stop.abort();
    // What is left to do is to store the failures; a store that hangs is not waited for.
    await settlesWithin(done, 2_000);
  }

  return {
    fetch: (request) =>
      answerUnlessAborted(request, async () => {
        await recover(request);
        return router.fetch(request);
      }),
    idle,
    drain,
    async close(closing) {
      await drain(closing);
      await store.close?.();
    },
  };
}

function routes(context: BackendContext): Handlers<OperationId> {
  return {
    ...assistantRoutes(context),
    ...assistantFileRoutes(context),
    ...threadRoutes(context),
    ...messageRoutes(context),
    ...messageFileRoutes(context),
    ...runRoutes(context),
    ...runStepRoutes(context),
    ...fileRoutes(context),
  };
}

/** Hono does not look at `request.signal`: the answer is raced against it, and a body that streams is cut by it. */
async function answerUnlessAborted(
  request: Request,
  answer: () => Promise<Response>,
): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  const answering = answer();
  let onAbort = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    const response = await Promise.race([answering, aborted]);
    if (response === undefined) {
      // Nobody will read it: let go of whatever feeds it.
      void answering.then(({ body }) => body?.cancel());
      throw signal.reason;
    }
    if (response.body === null || !isStream(response)) return response;
    return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function settlesWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const settled = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}

function isStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') === true;
}

function originRule({
  cors,
  apiKeys,
}: BackendOptions): (origin: string, request: Request) => boolean {
  const rule = cors ?? (apiKeys === undefined ? undefined : '*');
  return (origin, request) => {
    if (rule === '*' || origin === new URL(request.url).origin) return true;
    return rule === undefined ? isLocal(origin) : rule.includes(origin);
  };
}

function isLocal(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)(:\d+)?$/.test(origin);
}

function logError(error: unknown): void {
  // oxlint-disable-next-line no-console -- an error that nobody asked to hear of is still to be heard of
  console.error(error);
}
