import { settlesWithin } from '../../common/settlesWithin.js';
import { sleep } from '../../common/sleep.js';
import type { BackendOptions } from '../BackendOptions.js';
import { createBackend } from '../createBackend.js';
import { scriptedModel } from '../models/scripted/scriptedModel.js';
import type { DrainOptions } from '../createLifecycle.js';
import { memoryStore } from '../stores/memoryStore.js';
import { sqliteStore } from '../stores/sqliteStore.js';
import type { Store } from '../stores/Store.js';
import { StoreError } from '../stores/StoreError.js';
import { type Log, type LogLine, toLoggedError } from './LogLine.js';
import { type Metrics, openMetrics } from './metrics/openMetrics.js';
import { openDatabase } from './openDatabase.js';
import { type BackendServer, type ListenOptions, serveBackend } from './serveBackend.js';

/** Options for `serve`. */
export interface ServeOptions
  extends ListenOptions, Omit<BackendOptions, 'store' | 'basePath' | 'onError'> {
  /** Path of the database file, see `sqliteStore`. @default none: objects are kept in memory until the server stops */
  data?: string;
  /**
   * URL of a PostgreSQL database, `postgres://user:password@host/database`, which several servers can share. Needs the package
   * `postgres`. Cannot be combined with `data`.
   * @default none
   */
  database?: string;
  /**
   * Time to wait for the database file while another process uses it, in milliseconds. So a new server can be started before
   * the old one has stopped.
   * @default 30,000
   */
  dataWaitMs?: number;
  /**
   * Serves metrics for Prometheus at `GET /metrics` on a port of their own, because the users of the backend must not read them.
   * They contain no ids and no texts. Needs the package `prom-client`.
   * @default none
   */
  metrics?: Pick<ListenOptions, 'port' | 'hostname' | 'allowedHosts'>;
  /** Called with each line of the log. @default writes JSON lines to stderr */
  log?: (line: LogLine) => void;
}

/** Server started by `serve`. */
export interface RunningServer extends Pick<BackendServer, 'url'> {
  /** URL of the metrics, if there are any. */
  metricsUrl?: string;
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
/** Time after which a store that does not answer counts as away, in milliseconds. Load balancers do not wait long. */
const STORE_TIMEOUT_MS = 3_000;
const MAX_LOGGED_PATH_LENGTH = 200;
/** Status of requests whose client disconnected, as in nginx. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Starts a server with a backend, a store and a log, like `npx assistants-react serve`. The operations are below `/v1`.
 * `GET` or `HEAD /health` and `/ready` need no API key. `/ready` returns 200 while the store is readable and new runs are
 * accepted, else 503. `/health` does the same, but with a `database` it does not read the store: a process manager must not
 * restart all servers because their database is away.
 *
 * @throws StoreError if the database cannot be used. TypeError for both `data` and `database`. Rejects with a system error if the
 * port is in use.
 * @example
 * const server = await serve({ port: 8787, data: 'chat.sqlite', apiKeys: ['secret'] });
 */
export async function serve(options: ServeOptions = {}): Promise<RunningServer> {
  const { metrics: metricsOptions, ...serverOptions } = options;
  if (metricsOptions === undefined) return startServer(serverOptions);
  const metrics = await openMetrics();
  const metricsServer = await serveBackend(metrics, metricsOptions);
  let closing: Promise<void> | undefined;
  try {
    const server = await startServer(serverOptions, metrics);
    return {
      url: server.url,
      metricsUrl: `${metricsServer.url}/metrics`,
      close(drainOptions) {
        closing ??= server.close(drainOptions).then(() => metricsServer.close());
        return closing;
      },
    };
  } catch (error) {
    await metricsServer.close();
    throw error;
  }
}

async function startServer(
  options: Omit<ServeOptions, 'metrics'>,
  metrics?: Metrics,
): Promise<RunningServer> {
  const {
    port,
    hostname,
    allowedHosts,
    idleTimeoutMs,
    data,
    database,
    dataWaitMs = 30_000,
    log: writeLine,
    ...backendOptions
  } = options;
  const log = createLog(writeLine ?? writeToStderr, metrics);
  const { store, name } = await openStore({ data, database, dataWaitMs }, log);
  const errors = new WeakMap<Request, unknown>();
  const backend = createBackend({
    ...backendOptions,
    ...(metrics && { model: metrics.observeModel(backendOptions.model ?? scriptedModel()) }),
    store: metrics?.observeStore(store) ?? store,
    onError: (error, request) => {
      errors.set(request, error);
    },
  });
  const handleLogged = createLoggedHandler(backend.fetch, errors, log);
  let closing: Promise<void> | undefined;

  async function handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const isHealthCheck =
      /^(?:GET|HEAD)$/.test(request.method) && ['/health', '/ready'].includes(pathname);
    if (!isHealthCheck) return handleLogged(request);
    const readsStore = pathname === '/ready' || database === undefined;
    return getHealth(readsStore ? store : undefined, closing !== undefined);
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
    log({ level: 'info', event: 'listening', url: server.url, data: name });
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

/** Opens the store, with its name for the log. */
async function openStore(
  {
    data,
    database,
    dataWaitMs,
  }: { data: string | undefined; database: string | undefined; dataWaitMs: number },
  log: Log,
): Promise<{ store: Store; name: string | null }> {
  if (database === undefined) {
    return data === undefined
      ? { store: memoryStore(), name: null }
      : { store: await openFile(data, dataWaitMs, log), name: data };
  }
  if (data !== undefined)
    throw new TypeError('Set either `data` or `database`. A server has one store.');
  return openDatabase(database, (message) => log({ level: 'warn', event: 'notice', message }));
}

/** Opens the database file. Waits while another process uses it. @throws StoreError */
async function openFile(path: string, waitMs: number, log: Log): Promise<Store> {
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

/** @param store Store that must be readable, if any. */
async function getHealth(store: Store | undefined, isStopping: boolean): Promise<Response> {
  if (isStopping) return Response.json({ status: 'stopping' }, { status: 503 });
  if (store === undefined) return Response.json({ status: 'ok' });
  try {
    if (await settlesWithin(store.count('threads'), STORE_TIMEOUT_MS))
      return Response.json({ status: 'ok' });
  } catch {
    // Answered below.
  }
  return Response.json({ status: 'failed' }, { status: 503 });
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

function createLog(writeLine: (line: LogLine) => void, metrics: Metrics | undefined): Log {
  return (line) => {
    if (line.event === 'request') metrics?.countRequest(line);
    writeLine({ time: new Date().toISOString(), ...line });
  };
}

function writeToStderr(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
