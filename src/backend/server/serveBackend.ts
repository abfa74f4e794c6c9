import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Backend } from '../createBackend.js';
import { HttpError, shorten } from '../domain/errors.js';
import { createListener } from './createListener.js';

/** Options for `serveBackend`. */
export interface ListenOptions {
  /** @default 0, which selects a free port */
  port?: number;
  /** Address to listen on. @default '127.0.0.1', which only this machine can reach */
  hostname?: string;
  /**
   * Host names, without port, that requests may use for this server. Protects a local server from pages that reach it through
   * a DNS name of their own (DNS rebinding).
   * @default the names of this machine if `hostname` is one of them, else any name
   */
  allowedHosts?: readonly string[];
  /**
   * Time without data after which a connection is closed, in milliseconds. It does not limit slow uploads, and streams send
   * comments more often.
   * @default 120,000
   */
  idleTimeoutMs?: number;
}

/** HTTP server of a backend. */
export interface BackendServer {
  /** URL without a trailing slash, such as `http://127.0.0.1:8787`. The operations are below `/v1`. */
  url: string;
  /**
   * Stops listening and closes all connections after the grace period. Active runs continue. Call `backend.drain()` first to
   * wait for them.
   * @param graceMs Time that open responses have to finish, in milliseconds. @default 0
   */
  close(graceMs?: number): Promise<void>;
}

/** Load balancers keep idle connections for up to a minute. A server that closes them first causes errors. */
const KEEP_ALIVE_MS = 75_000;
const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]', '::1'];
/** Interval in which idle connections are closed during the grace period, in milliseconds. */
const SWEEP_MS = 50;

/**
 * Serves a backend over HTTP. Rejects if the port is in use. When a client disconnects, its stream ends, but the run continues.
 *
 * @example
 * const server = await serveBackend(createBackend(), { port: 8787 });
 */
export function serveBackend(
  backend: Pick<Backend, 'fetch'>,
  options: ListenOptions = {},
): Promise<BackendServer> {
  const { port = 0, hostname = '127.0.0.1', idleTimeoutMs = 120_000 } = options;
  const allowedHosts =
    options.allowedHosts ?? (LOCAL_HOSTS.includes(hostname) ? LOCAL_HOSTS : undefined);
  const listener = createListener(async (request) => {
    const { hostname: host } = new URL(request.url);
    return allowedHosts === undefined || allowedHosts.includes(host)
      ? backend.fetch(request)
      : rejectHost(host);
  });
  const server = createServer(
    // The limit for a whole request would cut slow uploads. Headers have a limit of their own.
    { requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS },
    listener,
  );
  server.setTimeout(idleTimeoutMs);
  return new Promise((resolve, reject) => {
    const rejectStart = (error: Error): void => reject(explainListenError(error, port, hostname));
    server.once('error', rejectStart);
    server.listen(port, hostname, () => {
      server.off('error', rejectStart);
      // Servers that listen on a port have an AddressInfo. Only servers on a pipe have a string.
      const address = server.address() as AddressInfo;
      const urlHost = hostname.includes(':') ? `[${hostname}]` : hostname;
      resolve({
        url: `http://${urlHost}:${address.port}`,
        close: (graceMs = 0) => closeServer(server, graceMs),
      });
    });
  });
}

/** Returns the error of a port in use in words for the user, with the code of Node. Returns other errors unchanged. */
function explainListenError(error: Error, port: number, hostname: string): Error {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return error;
  const message = `Port ${port} of ${hostname} is in use. Stop the other server, or choose another port.`;
  return Object.assign(new Error(message, { cause: error }), { code: error.code });
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // A keep-alive connection becomes idle when its response ends, but Node does not close it then.
    const sweepTimer = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    const graceTimer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearInterval(sweepTimer);
      clearTimeout(graceTimer);
      if (error === undefined) resolve();
      else reject(error);
    });
    if (graceMs === 0) server.closeAllConnections();
  });
}

function rejectHost(host: string): Response {
  const { status, body } = new HttpError(
    403,
    `The host '${shorten(host)}' is not allowed. Add it with --allow-host ${shorten(host)} on the command line, or to the \`allowedHosts\` option.`,
    { code: 'host_not_allowed' },
  );
  return Response.json(body, { status });
}
