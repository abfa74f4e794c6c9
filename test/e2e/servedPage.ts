import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** A page that is built and served from a port of its own. */
export interface ServedPage {
  origin: string;
  close: () => Promise<void>;
}

/**
 * Builds a page for production and serves it.
 * @param folder With its vite.config.ts, from the root of the project.
 * @param headers Sent with every answer.
 */
export async function servePage(
  folder: string,
  headers: Record<string, string> = {},
): Promise<ServedPage> {
  const built = await mkdtemp(join(tmpdir(), 'page-'));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  // In a process of its own: this one's NODE_ENV is the test runner's, and what is built would be React for development.
  await promisify(execFile)(
    process.execPath,
    [
      vite,
      'build',
      '--config',
      join(root, folder, 'vite.config.ts'),
      '--outDir',
      built,
      '--emptyOutDir',
    ],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    // Every browser asks for it, and no page here has one.
    if (pathname === '/favicon.ico') {
      response.writeHead(204, headers).end();
      return;
    }
    const path = normalize(join(built, pathname === '/' ? 'index.html' : pathname));
    readFile(path).then(
      (body) =>
        response
          .writeHead(200, {
            ...headers,
            'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          })
          .end(body),
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
      await rm(built, { recursive: true });
    },
  };
}
