import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Backend, type BackendOptions, createBackend } from '../createBackend.js';
import { HttpError } from '../domain/errors.js';

export interface ListenOptions {
  /** @default 0, which is any free port */
  port?: number;
  /** The address to listen on. @default '127.0.0.1', this machine alone */
  hostname?: string;
  /**
   * The host names, without a port, that requests may call this server by. Without a list, a server of this machine alone
   * answers only to names of this machine: else any page could reach it by a name of its own that leads here.
   */
  allowedHosts?: readonly string[];
}

/** A backend that listens. */
export interface BackendServer {
  /** `http://127.0.0.1:8787`, without a slash at its end. The operations are below `/v1`. */
  url: string;
  /**
   * Stops to listen, and ends what is still open after the grace. Runs at work go on; wait for `backend.drain()` before if
   * they matter.
   * @param graceMs How long answers may take to their end. @default 0
   */
  close(graceMs?: number): Promise<void>;
}

/** Listens with a backend over HTTP. Rejects when the port is taken. A caller that hangs up ends its stream, not the run. */
export function serveBackend(
  backend: Pick<Backend, 'fetch'>,
  options: ListenOptions = {},
): Promise<BackendServer> {
  const { port = 0, hostname = '127.0.0.1' } = options;
  const hosts = options.allowedHosts ?? (LOCAL_HOSTS.includes(hostname) ? LOCAL_HOSTS : undefined);
  const answer = listenerOf(async (request) => {
    const { hostname: called } = new URL(request.url);
    return hosts?.includes(called) === false ? wrongHost(called) : backend.fetch(request);
  });
  const server = createServer((request, response) => void answer(request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      server.off('error', reject);
      // A server that listens on a port has an address, never a pipe.
      const { port: bound } = server.address() as AddressInfo;
      resolve({
        url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${bound}`,
        close: (graceMs = 0) => closeServer(server, graceMs),
      });
    });
  });
}

/** What assistantsBackend needs of a development or preview server: a place for a middleware. */
interface ViteServer {
  middlewares: { use(middleware: Middleware): unknown };
}
type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A Vite plugin, told in its own words so that Vite itself is not needed. */
export interface AssistantsBackendPlugin {
  name: string;
  configureServer(server: ViteServer): void;
  configurePreviewServer(server: ViteServer): void;
}

/**
 * A Vite plugin that answers with a backend under `/v1` of the development server and of the preview server, so that an app
 * asks its own origin. Takes a backend, or the options of one; without a model it plays the demo scenario. It lives as long
 * as the plugin: a reload of the page finds all threads again.
 *
 * @param basePath Where to answer. @default '/v1'
 */
export function assistantsBackend(
  options: Backend | BackendOptions = {},
  { basePath = '/v1' }: { basePath?: string } = {},
): AssistantsBackendPlugin {
  const backend = 'fetch' in options ? options : createBackend({ basePath, ...options });
  const answer = listenerOf((request) => backend.fetch(request));
  const middleware: Middleware = (request, response, next) => {
    const { pathname } = new URL(request.url ?? '/', 'http://any');
    if (pathname === basePath || pathname.startsWith(`${basePath}/`))
      void answer(request, response);
    else next();
  };
  const mount = ({ middlewares }: ViteServer) => void middlewares.use(middleware);
  return { name: 'assistants-backend', configureServer: mount, configurePreviewServer: mount };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection that is kept alive falls idle only when its answer has ended.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const end = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearInterval(sweep);
      clearTimeout(end);
      if (error === undefined) resolve();
      else reject(error);
    });
    if (graceMs === 0) server.closeAllConnections();
  });
}

const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]', '::1'];

/** The globals stay as they are: their replacements would reach everybody else in the process. */
function listenerOf(answer: (request: Request) => Promise<Response>) {
  return getRequestListener(answer, { overrideGlobalObjects: false });
}

function wrongHost(host: string): Response {
  const refusal = new HttpError(
    403,
    `This server does not answer as '${host}'. Add the name to its \`hosts\` option.`,
    {
      code: 'host_not_allowed',
    },
  );
  return Response.json(refusal.body, { status: refusal.status });
}
