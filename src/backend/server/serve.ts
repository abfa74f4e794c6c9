import { type BackendOptions, createBackend, type DrainOptions } from '../createBackend.js';
import { type BackendServer, type ListenOptions, serveBackend } from './serveBackend.js';
import { memoryStore } from '../stores/memoryStore.js';
import { sqliteStore } from '../stores/sqliteStore.js';
import { type Log, toLoggedError, type LogLine } from './logLine.js';

export interface ServeOptions
  extends ListenOptions, Omit<BackendOptions, 'store' | 'basePath' | 'onError'> {
  /** The database file, see sqliteStore. @default everything is forgotten when the server ends */
  data?: string;
  /** Takes the log, a line at a time. @default JSON to the standard error output */
  log?: (line: LogLine) => void;
}

/** A server that runs. */
export interface RunningServer extends Pick<BackendServer, 'url'> {
  /**
   * Refuses new runs, waits for those at work until the deadline, ends what is still open, and closes the store. A run that
   * was not done by then has failed. Calling it again waits for the same end.
   */
  close: (options?: DrainOptions) => Promise<void>;
}

/**
 * A backend with its store and its log, listening: what `npx assistants-react serve` runs. Operations are below `/v1`, and
 * `GET /health` answers 200 without a key while the store can be read and new runs are taken, else 503.
 *
 * @throws StoreError when the database file cannot be used; rejects with the system's error when the port is taken
 */
export async function serve(options: ServeOptions = {}): Promise<RunningServer> {
  const { port, hostname, allowedHosts, data, log: take = writeLine, ...backendOptions } = options;
  const log: Log = (line) => take({ time: new Date().toISOString(), ...line });
  const store = data === undefined ? memoryStore() : sqliteStore({ path: data });
  const errors = new WeakMap<Request, unknown>();
  const backend = createBackend({
    ...backendOptions,
    store,
    onError: (error, request) => void errors.set(request, error),
  });
  let closing: Promise<void> | undefined;

  async function health(): Promise<Response> {
    if (closing !== undefined) return Response.json({ status: 'stopping' }, { status: 503 });
    try {
      await store.count('threads');
      return Response.json({ status: 'ok' });
    } catch {
      return Response.json({ status: 'failed' }, { status: 503 });
    }
  }

  async function answer(request: Request): Promise<Response> {
    const { method } = request;
    const { pathname } = new URL(request.url);
    if (pathname === '/health' && method === 'GET') return health();
    const start = performance.now();
    const tell = (status: number, id: string | null): void => {
      const error = errors.get(request);
      log({
        level: error === undefined ? 'info' : 'error',
        event: 'request',
        id,
        method,
        path: pathname.slice(0, 200),
        status,
        ms: Math.round(performance.now() - start),
        ...(error === undefined ? {} : { error: toLoggedError(error) }),
      });
    };
    try {
      const response = await backend.fetch(request);
      tell(response.status, response.headers.get('x-request-id'));
      return response;
    } catch (error) {
      if (!request.signal.aborted) errors.set(request, error);
      tell(request.signal.aborted ? 499 : 500, null);
      throw error;
    }
  }

  async function close(server: BackendServer, drain: DrainOptions | undefined): Promise<void> {
    log({ level: 'info', event: 'stopping' });
    await backend.drain(drain);
    await server.close(STREAM_END_MS);
    await backend.close({ deadlineMs: 0 });
    log({ level: 'info', event: 'stopped' });
  }

  const listen = {
    ...(port === undefined ? {} : { port }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  };
  try {
    const server = await serveBackend({ fetch: answer }, listen);
    log({ level: 'info', event: 'listening', url: server.url, data: data ?? null });
    return { url: server.url, close: (drain) => (closing ??= close(server, drain)) };
  } catch (error) {
    await backend.close({ deadlineMs: 0 });
    throw error;
  }
}

/** How long a slow reader may take to the end of a stream whose run is over. */
const STREAM_END_MS = 2_000;

function writeLine(line: LogLine): void {
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
