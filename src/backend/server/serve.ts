import { sleep } from '../../common/sleep.js';
import { type BackendOptions, createBackend, type DrainOptions } from '../createBackend.js';
import { memoryStore } from '../stores/memoryStore.js';
import { sqliteStore } from '../stores/sqliteStore.js';
import type { Store } from '../stores/Store.js';
import { StoreError } from '../stores/StoreError.js';
import { type Log, type LogLine, toLoggedError } from './LogLine.js';
import { type BackendServer, type ListenOptions, serveBackend } from './serveBackend.js';

/** Options for `serve`. */
export interface ServeOptions
  extends ListenOptions, Omit<BackendOptions, 'store' | 'basePath' | 'onError'> {
  /** Path of the database file, see `sqliteStore`. @default none: objects are kept in memory until the server stops */
  data?: string;
  /**
   * Time to wait for the database file while another process uses it, in milliseconds. So a new server can be started before
   * the old one has stopped.
   * @default 30,000
   */
  dataWaitMs?: number;
  /** Called with each line of the log. @default writes JSON lines to stderr */
  log?: (line: LogLine) => void;
}

/** Server started by `serve`. */
export interface RunningServer extends Pick<BackendServer, 'url'> {
  /**
   * Rejects new runs, waits for active ones until the deadline, closes all connections and closes the store. Runs that are
   * active at the deadline fail. Further calls return the same promise.
   */
  close: (options?: DrainOptions) => Promise<void>;
}

/** Time that slow clients have to read the end of a stream after its run has ended, in milliseconds. */
const STREAM_GRACE_MS = 2_000;
/** Interval between attempts to open a database file that another process uses, in milliseconds. */
const OPEN_INTERVAL_MS = 250;
const MAX_LOGGED_PATH_LENGTH = 200;
/** Status of requests whose client disconnected, as in nginx. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Starts a server with a backend, a store and a log, like `npx assistants-react serve`. The operations are below `/v1`.
 * `GET` or `HEAD /health` needs no API key. It returns 200 while the store is readable and new runs are accepted, else 503.
 *
 * @throws StoreError if the database file cannot be used. Rejects with a system error if the port is in use.
 * @example
 * const server = await serve({ port: 8787, data: 'chat.sqlite', apiKeys: ['secret'] });
 */
export async function serve(options: ServeOptions = {}): Promise<RunningServer> {
  const {
    port,
    hostname,
    allowedHosts,
    idleTimeoutMs,
    data,
    dataWaitMs = 30_000,
    log: writeLine,
    ...backendOptions
  } = options;
  const log = createLog(writeLine ?? writeToStderr);
  const store = data === undefined ? memoryStore() : await openStore(data, dataWaitMs, log);
  const errors = new WeakMap<Request, unknown>();
  const backend = createBackend({
    ...backendOptions,
    store,
    onError: (error, request) => {
      errors.set(request, error);
    },
  });
  const handleLogged = createLoggedHandler(backend.fetch, errors, log);
  let closing: Promise<void> | undefined;

  async function handle(request: Request): Promise<Response> {
    const isHealthCheck =
      /^(?:GET|HEAD)$/.test(request.method) && new URL(request.url).pathname === '/health';
    return isHealthCheck ? getHealth(store, closing !== undefined) : handleLogged(request);
  }

  async function closeAll(server: BackendServer, drainOptions?: DrainOptions): Promise<void> {
    log({ level: 'info', event: 'stopping' });
    await backend.drain(drainOptions);
    await server.close(STREAM_GRACE_MS);
    await backend.close({ deadlineMs: 0 });
    log({ level: 'info', event: 'stopped' });
  }

  try {
    const server = await serveBackend(
      { fetch: handle },
      {
        ...(port === undefined ? {} : { port }),
        ...(hostname === undefined ? {} : { hostname }),
        ...(allowedHosts === undefined ? {} : { allowedHosts }),
        ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
      },
    );
    log({ level: 'info', event: 'listening', url: server.url, data: data ?? null });
    return {
      url: server.url,
      close(drainOptions) {
        closing ??= closeAll(server, drainOptions);
        return closing;
      },
    };
  } catch (error) {
    await backend.close({ deadlineMs: 0 });
    throw error;
  }
}

/** Opens the database file. Waits while another process uses it. @throws StoreError */
async function openStore(path: string, waitMs: number, log: Log): Promise<Store> {
  for (let leftMs = waitMs; ; leftMs -= OPEN_INTERVAL_MS) {
    try {
      return sqliteStore({ path });
    } catch (error) {
      if (!(error instanceof StoreError) || error.reason !== 'busy' || leftMs <= 0) throw error;
      if (leftMs === waitMs) log({ level: 'info', event: 'waiting', data: path, waitMs });
      await sleep(Math.min(OPEN_INTERVAL_MS, leftMs));
    }
  }
}

async function getHealth(store: Store, isStopping: boolean): Promise<Response> {
  if (isStopping) return Response.json({ status: 'stopping' }, { status: 503 });
  try {
    await store.count('threads');
    return Response.json({ status: 'ok' });
  } catch {
    return Response.json({ status: 'failed' }, { status: 503 });
  }
}

/** Logs each request when its response starts. `errors` holds the errors that the backend reported. */
function createLoggedHandler(
  handle: (request: Request) => Promise<Response>,
  errors: WeakMap<Request, unknown>,
  log: Log,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const startedAt = performance.now();
    const logRequest = (status: number, requestId: string | null): void => {
      const error = errors.get(request);
      log({
        level: error === undefined ? 'info' : 'error',
        event: 'request',
        requestId,
        method: request.method,
        path: new URL(request.url).pathname.slice(0, MAX_LOGGED_PATH_LENGTH),
        status,
        durationMs: Math.round(performance.now() - startedAt),
        ...(error === undefined ? {} : { error: toLoggedError(error) }),
      });
    };
    try {
      const response = await handle(request);
      logRequest(response.status, response.headers.get('x-request-id'));
      return response;
    } catch (error) {
      if (!request.signal.aborted) errors.set(request, error);
      logRequest(request.signal.aborted ? CLIENT_CLOSED_REQUEST : 500, null);
      throw error;
    }
  };
}

function createLog(writeLine: (line: LogLine) => void): Log {
  return (line) => writeLine({ time: new Date().toISOString(), ...line });
}

function writeToStderr(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
