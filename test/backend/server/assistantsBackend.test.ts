import { createServer, type Plugin, preview } from 'vite';
import { afterEach, expect, it } from 'vitest';
import { assistantsBackend } from '../../../src/backend/server/assistantsBackend.js';
import { createTestBackend } from '../createTestBackend.js';
import { createPausingModel, readUntil, streamRun } from './streamRun.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

it('handles and streams requests in the Vite development server, and leaves other paths to it', async () => {
  const { model, resume } = createPausingModel();
  const plugin: Plugin = assistantsBackend({ model });
  const server = await createServer({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    appType: 'custom',
    plugins: [plugin],
    server: { host: '127.0.0.1', port: 0, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  closers.push(() => server.close());
  await server.listen();
  const base = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';
  const { reader } = await streamRun(base);
  expect(await readUntil(reader, 'Part one.')).not.toContain('Part two.');
  resume();
  expect(await readUntil(reader, '[DONE]')).toContain('Part two.');
  expect((await fetch(`${base}/v1/threads/..%2f`)).status).toBe(404);
  expect(await (await fetch(`${base}/streamRun.ts`)).text()).toContain('import');
  expect((await fetch(`${base}/v1x/assistants`)).headers.has('x-request-id')).toBe(false);
});

it('serves an existing backend in the Vite preview server', async () => {
  const { backend, create } = createTestBackend();
  const id = await create('/v1/assistants', { model: 'm' });
  const server = await preview({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    plugins: [assistantsBackend(backend)],
    build: { outDir: '.' },
    preview: { host: '127.0.0.1', port: 0 },
  });
  closers.push(() => server.close());
  const response = await fetch(`${server.resolvedUrls?.local[0] ?? ''}v1/assistants/${id}`);
  expect(await response.json()).toMatchObject({ id });
});
