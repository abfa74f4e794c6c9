import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { inject } from 'vitest';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The Content Security Policy that the library supports, with Trusted Types. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'";

/** A built page that is served from its own port. */
export interface ServedPage {
  origin: string;
  close: () => Promise<void>;
}

/**
 * Serves a page of the production builds.
 *
 * @param build The build, see `globalSetup.ts`.
 * @param document The HTML file that `/` answers with.
 * @param headers Sent with every response.
 */
export async function servePage(
  build: 'pages' | 'size' | 'files' | 'playgroundStatic',
  document: string,
  headers: Record<string, string> = {},
): Promise<ServedPage> {
  return serveFolder(() => join(inject('builds'), build), document, headers);
}

/** Serves the folder that a function returns, which may change. */
export async function serveFolder(
  getFolder: () => string,
  document: string,
  headers: Record<string, string> = {},
): Promise<ServedPage> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    // Browsers request it on every page, and no page here has one.
    if (pathname === '/favicon.ico') {
      response.writeHead(204, headers).end();
      return;
    }
    const path = normalize(join(getFolder(), pathname === '/' ? document : pathname));
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    readFile(path).then(
      (body) => response.writeHead(200, { ...headers, 'content-type': type }).end(body),
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address, never a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
