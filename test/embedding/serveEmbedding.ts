import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createAssistantsClient } from 'assistants-react/client';
import { createBackend, demoScenario, scriptedModel } from 'assistants-react/backend';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Serves the built page, and a backend at `/a/v1` and another at `/b/v1`. */
export async function serveEmbedding(folder: string) {
  const servers = { a: await createNamedServer('a'), b: await createNamedServer('b') };
  const listeners = Object.entries(servers).map(
    ([name, { fetch }]) =>
      [`/${name}/`, getRequestListener(fetch, { overrideGlobalObjects: false })] as const,
  );
  const server = createServer((request, response) => {
    const pathname = getPath(request);
    const listener = listeners.find(([prefix]) => pathname.startsWith(prefix))?.[1];
    if (listener) {
      void listener(request, response);
      return;
    }
    const path = normalize(join(folder, pathname === '/' ? 'index.html' : pathname));
    readFile(path).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? '' }).end(body),
      () => response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address, never a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    createLongThread: (count: number) => servers.a.createLongThread(count),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function getPath({ url = '/' }: IncomingMessage): string {
  return new URL(url, 'http://localhost').pathname;
}

async function createNamedServer(name: string) {
  const model = scriptedModel(
    [
      { when: 'form', say: { call: 'get_weather', with: { city: 'Paris' } }, after: 'Thank you.' },
      { when: 'approve', say: { call: 'send_mail', with: { to: 'ann' } }, after: 'Mail is sent.' },
      { when: 'who', say: `I am server ${name}.` },
      ...demoScenario,
    ],
    { paceMs: 15 },
  );
  const backend = createBackend({ model, basePath: `/${name}/v1` });
  const client = createAssistantsClient({
    baseUrl: `http://backend.test/${name}/v1`,
    fetch: backend.fetch,
  });
  const tools = ['get_weather', 'send_mail'].map(
    (tool) => ({ type: 'function', function: { name: tool } }) as const,
  );
  await client.createAssistant({ body: { model: 'scripted', tools } });
  return {
    fetch: backend.fetch,
    async createLongThread(count: number): Promise<string> {
      const { id } = await client.createThread({ body: {} });
      for (let index = 0; index < count; index += 1)
        await client.createMessage({
          threadId: id,
          body: { role: 'user', content: `Message ${index} of a long thread` },
        });
      return id;
    },
  };
}
