import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { exportStore } from '../../../src/backend/transfer/exportStore.js';
import { importFolder } from '../../../src/backend/transfer/importFolder.js';
import {
  importServer,
  type ImportServerOptions,
} from '../../../src/backend/transfer/importServer.js';
import { memoryFolder } from '../../../src/backend/transfer/TransferFolder.js';
import { formatReport } from '../../../src/backend/transfer/TransferReport.js';
import { createTestBackend } from '../createTestBackend.js';

it('moves vector stores with their files, and adds nothing when it is repeated', async () => {
  const store = memoryStore();
  const { backend, create, send, upload } = createTestBackend({ store });
  const [text, image] = [await upload('a.txt', 'Tea'), await upload('b.png', '\u0000\u0001')];
  const id = await create('/v1/vector_stores', { name: 'Notes', file_ids: [image] });
  await create(`/v1/vector_stores/${id}/files`, { file_id: text, attributes: { year: 2026 } });
  await create('/v1/assistants', { model: 'm' });
  await backend.idle();

  const files = new Map<string, Uint8Array>();
  const folder = memoryFolder(files);
  const write = async (path: string, bytes: Uint8Array) => void files.set(path, bytes);
  await exportStore({ store, folder: { ...folder, write } });
  const target = memoryStore();
  const first = await importFolder({ folder, store: target });
  const second = await importFolder({ folder, store: target });
  expect([first.problems, second.problems]).toEqual([[], []]);

  const moved = createTestBackend({ store: target });
  for (const path of ['', '/files?order=asc', `/files/${text}`]) {
    const original = await send('GET', `/v1/vector_stores/${id}${path}`);
    expect(original.status).toBe(200);
    expect((await moved.send('GET', `/v1/vector_stores/${id}${path}`)).body).toEqual(original.body);
  }
});

it('takes vector stores and the files of assistants from a server, and requests them once', async () => {
  const { backend, create, send, upload } = createTestBackend({});
  const [text, other] = [await upload('a.txt', 'Tea'), await upload('b.txt', 'Coffee')];
  const id = await create('/v1/vector_stores', { name: 'Notes', file_ids: [text] });
  await create('/v1/assistants', {
    model: 'm',
    tools: [{ type: 'file_search' }],
    tool_resources: { file_search: { vector_store_ids: [id] } },
  });
  await backend.idle();

  const store = memoryStore();
  const requests: string[] = [];
  const start = (options: Partial<ImportServerOptions> = {}) =>
    importServer({
      baseUrl: 'https://source.test/v1',
      store,
      threadIds: [],
      fetch: async (url, init) => {
        requests.push(url.pathname);
        if (url.pathname !== '/v1/assistants') return backend.fetch(new Request(url, init));
        // Assistants of version 1 name files.
        const response = await backend.fetch(new Request(url, init));
        const { data } = (await response.json()) as { data: object[] };
        return Response.json({ data: data.map((one) => ({ ...one, file_ids: [other] })) });
      },
      ...options,
    });
  const planned = await start({ dryRun: true });
  expect(planned.counts.vectorStores.added).toBe(1);
  expect(await store.count('vectorStores')).toBe(0);

  const report = await start();
  expect(report.problems).toEqual([]);
  expect(report.counts.vectorStores).toEqual({ added: 1, present: 0, skipped: 0 });
  expect(report.counts.contents).toEqual({ added: 2, present: 0, skipped: 0 });
  expect(formatReport(report)).toMatch(/^vector stores 1 added, 0 already there, 0 skipped$/m);
  const moved = createTestBackend({ store });
  for (const path of ['', '/files']) {
    const original = await send('GET', `/v1/vector_stores/${id}${path}`);
    expect((await moved.send('GET', `/v1/vector_stores/${id}${path}`)).body).toEqual(original.body);
  }

  requests.length = 0;
  expect((await start()).counts.vectorStores).toEqual({ added: 0, present: 1, skipped: 0 });
  expect(requests).toEqual(['/v1/vector_stores', '/v1/assistants']);
});

it('asks a server of version 1 for no vector stores, and reports those of another that it cannot list', async () => {
  const store = memoryStore();
  const requests: string[] = [];
  const start = (apiVersion: 'v1' | 'v2') =>
    importServer({
      baseUrl: 'https://source.test/v1',
      store,
      apiVersion,
      threadIds: [],
      fetch: async ({ pathname }) => {
        requests.push(pathname);
        if (pathname === '/v1/assistants') return Response.json({ data: [] });
        if (pathname === '/v1/vector_stores')
          return Response.json({ data: [{ id: 'vs_1', object: 'vector_store', created_at: 1 }] });
        return Response.json({ error: { message: 'No.' } }, { status: 404 });
      },
    });
  expect((await start('v1')).problems).toEqual([]);
  expect(requests).toEqual(['/v1/assistants']);
  const { problems, counts } = await start('v2');
  expect(problems).toMatchObject([{ type: 'missing', where: 'vs_1' }]);
  expect(counts.vectorStores.added).toBe(1);
});

it('takes files that do not name their vector store, and says which objects are not valid', async () => {
  const store = memoryStore();
  const answers: Record<string, unknown> = {
    '/v1/vector_stores': {
      data: [
        { id: 'vs_1', created_at: 1 },
        { id: 'vs_2', created_at: 'x' },
      ],
    },
    '/v1/vector_stores/vs_1/files': { data: [{ id: 'file-1', created_at: 1 }, { created_at: 1 }] },
    '/v1/files/file-1': { id: 'file-1', created_at: 1 },
  };
  const { problems, counts } = await importServer({
    baseUrl: 'https://source.test/v1',
    store,
    threadIds: [],
    fetch: async ({ pathname }) => Response.json(answers[pathname] ?? { data: [] }),
  });
  expect(counts.vectorStores).toEqual({ added: 1, present: 0, skipped: 1 });
  expect((await store.get('vectorStores', 'vs_1'))?.file_counts.total).toBe(1);
  expect(problems.map(({ message }) => message)).toEqual([
    'The file of a vector store has no valid id (missing).',
    "The vector store vs_2 has an invalid 'created_at'.",
  ]);
});

it('leaves out files that the server no longer has, and those of other users', async () => {
  const { backend, create, upload } = createTestBackend();
  const [kept, lost, foreign] = [
    await upload('kept.txt', 'Tea'),
    await upload('lost.txt', 'Milk'),
    await upload('foreign.txt', 'Gold'),
  ];
  const id = await create('/v1/vector_stores', { file_ids: [kept, lost, foreign] });
  await backend.idle();

  const store = memoryStore();
  await importServer({
    baseUrl: 'https://source.test/v1',
    store,
    user: 'bob',
    threadIds: [],
    fetch: async (url, init) => {
      if (url.pathname === '/v1/vector_stores') return Response.json({ data: [] });
      if (url.pathname === '/v1/assistants')
        return Response.json({ data: [{ id: 'asst_1', file_ids: [foreign] }] });
      return backend.fetch(new Request(url, init));
    },
  });
  expect(await store.getParent('files', foreign)).toBe('bob');

  const report = await importServer({
    baseUrl: 'https://source.test/v1',
    store,
    user: 'alice',
    threadIds: [],
    fetch: async (url, init) =>
      url.pathname === `/v1/files/${lost}`
        ? Response.json({ error: { message: 'No such file.' } }, { status: 404 })
        : backend.fetch(new Request(url, init)),
  });
  expect(report.counts.files).toEqual({ added: 1, present: 0, skipped: 2 });
  expect(report.problems.map(({ where }) => where)).toEqual([lost, foreign, id, id]);
  const moved = createTestBackend({ store });
  const { body } = await moved.send('GET', `/v1/vector_stores/${id}/files`);
  expect(body).toMatchObject({ data: [{ id: kept }] });
  expect((await moved.send('GET', `/v1/vector_stores/${id}`)).body).toMatchObject({
    file_counts: { total: 1 },
  });
});
