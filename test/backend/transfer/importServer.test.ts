import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { importFolder } from '../../../src/backend/transfer/importFolder.js';
import {
  importServer,
  type ImportServerOptions,
} from '../../../src/backend/transfer/importServer.js';
import { memoryFolder } from '../../../src/backend/transfer/TransferFolder.js';
import { createExportedThread, createExportFolder, readList, readThread } from './createExport.js';

/** Creates a server with threads, and imports from it. `intercept` may answer requests in its place. */
async function createSource(
  intercept: (url: URL, count: number) => Response | undefined = () => undefined,
) {
  const threads = [1, 2].map((number) =>
    createExportedThread(number, {
      version: 'v2',
      messageCount: number * 120,
      runCount: 1,
      createdAt: 1_700_000_000 + number,
      text: 'Hi',
      metadata: {},
    }),
  );
  const files = createExportFolder(threads).set('files/file-1', new TextEncoder().encode('right'));
  const sourceStore = memoryStore();
  await importFolder({ folder: memoryFolder(files), store: sourceStore });
  const source = createBackend({ store: sourceStore, apiKeys: ['sk-1'] });
  const requests: string[] = [];
  const waits: number[] = [];
  const store = memoryStore();
  const start = (options: Partial<ImportServerOptions> = {}) =>
    importServer({
      baseUrl: 'https://source.test/v1?api-version=7',
      apiKey: 'sk-1',
      store,
      fetch: async (url, init) => {
        requests.push(url.pathname + url.search);
        return intercept(url, requests.length) ?? source.fetch(new Request(url, init));
      },
      sleep: async (delayMs) => void waits.push(delayMs),
      ...options,
    });
  return { source, threads, store, requests, waits, start };
}

const fail = (status: number, headers = {}) =>
  Response.json({ error: { message: 'No.' } }, { status, headers });

it('imports everything that the server gives out', async () => {
  const { threads, store, requests, start } = await createSource();
  const report = await start();
  expect(report.counts.threads).toEqual({ added: 2, present: 0, skipped: 0 });
  expect(report.counts.contents).toEqual({ added: 1, present: 0, skipped: 1 });
  const copy = createBackend({ store });
  for (const { thread, messages, runs } of threads)
    expect(await readThread(copy, thread.id, 'v2')).toEqual({ messages, runs });
  expect(await readList(copy, 'listAssistants', 'v2')).toMatchObject([{ id: 'asst_1' }]);
  expect(requests.every((path) => path.includes('api-version=7'))).toBe(true);
});

it('does not request threads again that the store has', async () => {
  const { requests, start } = await createSource();
  await start({ threadIds: ['thread_2'] });
  requests.length = 0;
  const report = await start({ threadIds: ['thread_1', 'thread_2'] });
  expect(report.counts.threads).toEqual({ added: 1, present: 1, skipped: 0 });
  expect(requests.filter((path) => path.includes('thread_2'))).toEqual([]);
});

it('waits as long as the rate limit asks for', async () => {
  const { waits, start } = await createSource((url, count) => {
    if (count === 2) return fail(429, { 'retry-after': '7' });
    return count === 3 ? fail(503) : undefined;
  });
  expect((await start()).counts.threads.added).toBe(2);
  expect(waits).toEqual([7_000, 2_000]);
});

it('stops when the server keeps failing, keeps whole threads, and continues later', async () => {
  let isBroken = true;
  const { store, start } = await createSource((url) =>
    isBroken && url.pathname.includes('thread_2') ? fail(500) : undefined,
  );
  await expect(start()).rejects.toThrow('repeat the command');
  expect([await store.count('threads'), await store.count('messages')]).toEqual([1, 120]);
  isBroken = false;
  expect((await start()).counts.threads).toEqual({ added: 1, present: 1, skipped: 0 });
});

it.each([404, 405, 501])(
  'imports messages from a server without runs and files (%i)',
  async (status) => {
    const { store, start } = await createSource((url) =>
      /\/(?:runs|files|assistants)/.test(url.pathname) ? fail(status) : undefined,
    );
    const report = await start();
    expect(report.counts.threads.added).toBe(2);
    expect(await store.count('messages')).toBe(360);
    expect(report.problems.every(({ type }) => type === 'missing')).toBe(true);
  },
);

it('needs ids if the server cannot list threads, and skips unknown ones', async () => {
  const { start } = await createSource((url) =>
    url.pathname === '/v1/threads' ? fail(405) : undefined,
  );
  await expect(start()).rejects.toThrow('--threads FILE');
  const report = await start({ threadIds: ['thread_none', '../x', 'thread_1'] });
  expect(report.counts.threads).toEqual({ added: 1, present: 0, skipped: 2 });
});

it.each<[string, Partial<ImportServerOptions>, RegExp]>([
  ['a wrong key', { apiKey: 'sk-2' }, /refused the key/],
  ['a redirect', { fetch: async () => new Response(null, { status: 302 }) }, /redirects/],
  [
    'no connection',
    {
      fetch: () =>
        Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })),
    },
    /^The server source\.test cannot be reached \(ECONNREFUSED\)\. Check --from/,
  ],
  [
    'a page instead of an API',
    { fetch: async () => new Response('<h1>Hello</h1>') },
    /got something that is not JSON\. Check that --from is the base URL/,
  ],
  [
    'a wrong path',
    { fetch: async () => fail(404) },
    /\/threads got 404: No\. Check that --from is the base URL/,
  ],
])('ends with one line for %s', async (_, options, message) => {
  const { store, start } = await createSource();
  await expect(start(options)).rejects.toThrow(message);
  expect(await store.count('threads')).toBe(0);
});

it('does not wait for a server that has never answered', async () => {
  const lost = () => Promise.reject(new TypeError('fetch failed'));
  const { waits, start } = await createSource();
  await expect(start({ fetch: lost })).rejects.toThrow('fetch failed');
  expect(waits).toEqual([]);
  let count = 0;
  const answerOnce = () => {
    count += 1;
    return count === 1 ? Promise.resolve(Response.json({ data: [] })) : lost();
  };
  await expect(start({ fetch: answerOnce })).rejects.toThrow('cannot be reached');
  expect(waits).toHaveLength(5);
});

it('ends a list whose server ignores the cursor', async () => {
  const page = { data: [{ id: 'thread_1', object: 'thread' }], has_more: true };
  const { requests, start } = await createSource((url) =>
    url.pathname === '/v1/threads' ? Response.json(page) : undefined,
  );
  await start();
  expect(requests.filter((path) => path.startsWith('/v1/threads?'))).toHaveLength(2);
});

it.each<[string, (page: Record<string, unknown>) => unknown]>([
  ['does not say if a list has more', (page) => ({ ...page, has_more: undefined })],
  ['says always that a list has no more', (page) => ({ ...page, has_more: false })],
  ['sends lists only', ({ data }) => data],
])('imports all pages from a server that %s', async (_, change) => {
  const { source, threads, store, start } = await createSource();
  await start({
    fetch: async (url, init) => {
      const response = await source.fetch(new Request(url, init));
      const body = (await response
        .clone()
        .json()
        .catch(() => ({}))) as Record<string, unknown>;
      return Array.isArray(body['data']) ? Response.json(change(body)) : response;
    },
  });
  const copy = createBackend({ store });
  for (const { thread, messages, runs } of threads)
    expect(await readThread(copy, thread.id, 'v2')).toEqual({ messages, runs });
});

it('keeps the first page of a server that fails at cursors', async () => {
  const data = Array.from({ length: 100 }, (_, index) => ({
    id: `asst_${index}`,
    object: 'assistant',
    created_at: 1_700_000_000,
    model: 'm',
  }));
  const { store, waits, start } = await createSource((url) => {
    if (url.pathname !== '/v1/assistants') return undefined;
    return url.searchParams.has('after') ? fail(502) : Response.json({ data });
  });
  await start();
  expect([await store.count('threads'), await store.count('assistants')]).toEqual([2, 100]);
  expect(waits).toEqual([]);
});

/** Answers with a body that breaks off. */
const breakOff = (reason: () => Error) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"data": ['));
      },
      pull(controller) {
        controller.error(reason());
      },
    }),
  );

it('requests a list again whose body breaks off, in place of leaving out its objects', async () => {
  let count = 0;
  const { threads, store, start } = await createSource((url) => {
    if (!url.pathname.endsWith('/runs')) return undefined;
    count += 1;
    return count === 1 ? breakOff(() => new TypeError('terminated')) : undefined;
  });
  const report = await start();
  expect(report.problems.filter(({ message }) => /no list/.test(message))).toEqual([]);
  const copy = createBackend({ store });
  for (const { thread, messages, runs } of threads)
    expect(await readThread(copy, thread.id, 'v2')).toEqual({ messages, runs });
});

it('writes no thread that was being read when it was stopped', async () => {
  const controller = new AbortController();
  // The file of a thread is the last thing that is requested before the thread is written.
  const { store, start } = await createSource((url) =>
    /\/files\/[^/]+$/.test(url.pathname)
      ? breakOff(() => {
          controller.abort(new Error('Stopped.'));
          return new Error('Stopped.');
        })
      : undefined,
  );
  await expect(start({ signal: controller.signal })).rejects.toThrow('Stopped.');
  expect(await store.count('threads')).toBe(0);
});

it('leaves no listeners of its requests at the signal, which Node would warn of', async () => {
  const { signal } = new AbortController();
  const { requests, start } = await createSource();
  await start({ signal });
  expect(requests.length).toBeGreaterThan(5);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
