import { describe, expect, it } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type { Store } from '../../src/backend/stores/Store.js';
import type {
  VectorStore,
  VectorStoreFile,
  VectorStoreFileBatch,
  VectorStoreSearchResultsPage,
} from '../../src/protocol/types.js';
import { createTestBackend } from './createTestBackend.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Answers with what a search has found. */
const searchingModel = () =>
  scriptedModel([
    {
      say: { search: 'tea' },
      after: ({ passages }) =>
        passages
          .map(({ filename }) => filename)
          .toSorted()
          .join(' ') || 'Nothing.',
    },
  ]);

function start(options: Parameters<typeof createTestBackend>[0] = {}) {
  const server = createTestBackend({ model: searchingModel(), ...options });
  const { call } = server;
  return {
    ...server,
    createStore: (body: object = {}) => call<VectorStore>('POST', '/vector_stores', body),
    getStore: (id: string) => call<VectorStore>('GET', `/vector_stores/${id}`),
    search: async (id: string, body: object) =>
      (await call<VectorStoreSearchResultsPage>('POST', `/vector_stores/${id}/search`, body)).data,
    refuse: async (method: string, path: string, body?: unknown) => {
      const { status, body: answer } = await server.send(method, `/v1${path}`, body);
      return [status, answer.error?.message];
    },
    /** Runs an assistant with the file search on a thread. Resolves with its answer. */
    ask: async (threadId: string, tool_resources: object = {}): Promise<string> => {
      const assistant_id = await server.create('/v1/assistants', {
        model: 'm',
        tools: [{ type: 'file_search' }],
        tool_resources,
      });
      await server.create(`/v1/threads/${threadId}/runs`, { assistant_id });
      await server.backend.idle();
      const { data } = await call<{ data: object[] }>('GET', `/threads/${threadId}/messages`);
      return /"value":"([^"]*)"/.exec(JSON.stringify(data[0]))?.[1] ?? '';
    },
  };
}

const inStore = (id: string) => ({ file_search: { vector_store_ids: [id] } });

describe('a vector store', () => {
  it('is in progress until its files are read, and counts them by their result', async () => {
    const { backend, createStore, getStore, upload } = start();
    const files = [await upload('a.txt', 'Tea'), await upload('b.png', '\u0000\u0001')];
    const created = await createStore({ name: 'Notes', file_ids: [...files, ...files] });
    expect(created).toMatchObject({ name: 'Notes', status: 'in_progress', usage_bytes: 0 });
    expect(created.file_counts).toMatchObject({ in_progress: 2, total: 2 });
    await backend.idle();
    expect(await getStore(created.id)).toMatchObject({
      status: 'completed',
      usage_bytes: 3,
      file_counts: { in_progress: 0, completed: 1, failed: 1, cancelled: 0, total: 2 },
    });
  });

  it('expires after the days without use, and is used again with a new expiry', async () => {
    const {
      advanceTime,
      backend,
      ask,
      call,
      create,
      createStore,
      getStore,
      refuse,
      search,
      upload,
    } = start();
    const file = await upload('a.txt', 'Tea');
    const expires_after = { anchor: 'last_active_at', days: 2 };
    const { id, ...created } = await createStore({ file_ids: [file], expires_after });
    expect(created.expires_at).toBe(created.created_at + 2 * 24 * 60 * 60);
    await backend.idle();
    advanceTime(DAY_MS);
    expect(await search(id, { query: 'tea' })).toHaveLength(1);
    await backend.idle();
    advanceTime(1.5 * DAY_MS);
    expect((await getStore(id)).status).toBe('completed');
    advanceTime(DAY_MS);
    expect((await getStore(id)).status).toBe('expired');
    expect(await refuse('POST', `/vector_stores/${id}/search`, { query: 'tea' })).toEqual([
      400,
      expect.stringContaining('is expired'),
    ]);
    expect(await refuse('POST', `/vector_stores/${id}/files`, { file_id: file })).toEqual([
      400,
      expect.stringContaining('is expired'),
    ]);
    const thread = await create('/v1/threads', { tool_resources: inStore(id) });
    expect(await ask(thread)).toBe('Nothing.');
    await call('POST', `/vector_stores/${id}`, { expires_after });
    expect((await getStore(id)).status).toBe('completed');
    expect(await ask(thread)).toBe('a.txt');
    const kept = await call<VectorStore>('POST', `/vector_stores/${id}`, { expires_after: null });
    expect([kept.expires_at, kept.expires_after]).toEqual([null, undefined]);
  });

  it('is removed with the records of its files, but without the files', async () => {
    const { backend, call, createStore, refuse, upload } = start();
    const file = await upload('a.txt', 'Tea');
    const { id } = await createStore({ file_ids: [file] });
    await backend.idle();
    expect(await call('DELETE', `/vector_stores/${id}`)).toEqual({
      id,
      object: 'vector_store.deleted',
      deleted: true,
    });
    for (const path of ['', '/files', `/files/${file}`])
      expect(await refuse('GET', `/vector_stores/${id}${path}`)).toEqual([
        404,
        `No vector store found with id '${id}'.`,
      ]);
    await call('GET', `/files/${file}`);
  });
});

describe('files of a vector store', () => {
  it('are listed by status, with their own ids as cursors', async () => {
    const { backend, call, createStore, upload } = start();
    const texts = [
      await upload('a.txt', 'A'),
      await upload('b.txt', 'B'),
      await upload('c.txt', 'C'),
    ];
    const image = await upload('d.png', '\u0000\u0001');
    const { id } = await createStore({ file_ids: [...texts, image] });
    await backend.idle();
    const list = (query: string) =>
      call<{ data: VectorStoreFile[]; first_id: string; last_id: string; has_more: boolean }>(
        'GET',
        `/vector_stores/${id}/files?${query}`,
      );
    const first = await list('order=asc&limit=2');
    expect(first).toMatchObject({ first_id: texts[0], last_id: texts[1], has_more: true });
    const next = await list(`order=asc&limit=2&after=${first.last_id}`);
    expect(next.data.map((file) => file.id)).toEqual([texts[2], image]);
    expect((await list(`order=asc&before=${texts[1]}`)).data.map((file) => file.id)).toEqual([
      texts[0],
    ]);
    expect((await list('filter=failed')).data).toMatchObject([
      { id: image, status: 'failed', last_error: { code: 'unsupported_file' } },
    ]);
    expect((await list('filter=cancelled')).data).toEqual([]);
  });

  it('stay one when a file is added again, with its new settings', async () => {
    const { backend, call, createStore, getStore, upload } = start();
    const file = await upload('a.txt', 'Tea');
    const { id } = await createStore({ file_ids: [file] });
    await backend.idle();
    const strategy = { max_chunk_size_tokens: 200, chunk_overlap_tokens: 50 };
    const added = await call<VectorStoreFile>('POST', `/vector_stores/${id}/files`, {
      file_id: file,
      attributes: { year: 2026 },
      chunking_strategy: { type: 'static', static: strategy },
    });
    expect(added).toMatchObject({ status: 'in_progress', attributes: { year: 2026 } });
    expect(added.chunking_strategy).toEqual({ type: 'static', static: strategy });
    await backend.idle();
    expect(await getStore(id)).toMatchObject({
      usage_bytes: 3,
      file_counts: { completed: 1, total: 1 },
    });
  });

  it('leave all stores when the file is deleted', async () => {
    const { backend, call, createStore, getStore, upload } = start();
    const [file, other] = [await upload('a.txt', 'Tea'), await upload('b.txt', 'Tea')];
    const stores = [
      await createStore({ file_ids: [file, other] }),
      await createStore({ file_ids: [file] }),
    ];
    await backend.idle();
    await call('DELETE', `/files/${file}`);
    const counts = await Promise.all(
      stores.map(async ({ id }) => (await getStore(id)).file_counts),
    );
    expect(counts.map(({ total, completed }) => [total, completed])).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('are read after a restart if the process that added them has ended', async () => {
    const kept = memoryStore();
    // Ends before it has read a file.
    const stopped: Store = {
      ...kept,
      getContent: () => new Promise<undefined>(() => undefined),
    };
    const first = start({ store: stopped });
    const file = await first.upload('a.txt', 'Tea');
    const { id } = await first.createStore({ file_ids: [file] });
    const second = start({ store: kept });
    expect((await second.getStore(id)).status).toBe('in_progress');
    await second.backend.idle();
    expect((await second.getStore(id)).status).toBe('completed');
  });

  it('are refused with a clear error if they do not exist or overlap too much', async () => {
    const { createStore, refuse } = start();
    const { id } = await createStore();
    expect(await refuse('POST', `/vector_stores/${id}/files`, { file_id: 'file-no' })).toEqual([
      404,
      "No file found with id 'file-no'.",
    ]);
    const chunking_strategy = {
      type: 'static',
      static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 51 },
    };
    expect(await refuse('POST', '/vector_stores', { chunking_strategy })).toEqual([
      400,
      'chunk_overlap_tokens must not exceed half of max_chunk_size_tokens.',
    ]);
    expect(await refuse('GET', `/vector_stores/${id}/files?filter=read`)).toEqual([
      400,
      expect.stringContaining("Invalid value: 'read'"),
    ]);
  });
});

describe('a batch of files', () => {
  it('counts its own files only, and completes when they are read', async () => {
    const { backend, call, createStore, getStore, upload } = start();
    const { id } = await createStore({ file_ids: [await upload('a.txt', 'A')] });
    const files = [await upload('b.txt', 'B'), await upload('c.png', '\u0000\u0001')];
    const batch = await call<VectorStoreFileBatch>('POST', `/vector_stores/${id}/file_batches`, {
      file_ids: files,
      attributes: { topic: 'tea' },
    });
    expect(batch).toMatchObject({
      status: 'in_progress',
      file_counts: { in_progress: 2, total: 2 },
    });
    await backend.idle();
    const path = `/vector_stores/${id}/file_batches/${batch.id}`;
    expect(await call('GET', path)).toMatchObject({
      status: 'completed',
      file_counts: { completed: 1, failed: 1, total: 2 },
    });
    const { data } = await call<{ data: VectorStoreFile[] }>('GET', `${path}/files?order=asc`);
    expect(data.map(({ id: fileId, attributes }) => [fileId, attributes])).toEqual(
      files.map((fileId) => [fileId, { topic: 'tea' }]),
    );
    const failed = await call<{ data: object[] }>('GET', `${path}/files?filter=failed`);
    expect(failed.data).toMatchObject([{ id: files[1] }]);
    expect((await getStore(id)).file_counts).toMatchObject({ completed: 2, failed: 1, total: 3 });
  });

  it('cancels the files that were not read yet', async () => {
    const kept = memoryStore();
    const store: Store = { ...kept, getContent: () => new Promise<undefined>(() => undefined) };
    const { call, createStore, getStore, upload } = start({ store });
    const { id } = await createStore();
    const files = [await upload('a.txt', 'A'), await upload('b.txt', 'B')];
    const path = `/vector_stores/${id}/file_batches`;
    const batch = await call<VectorStoreFileBatch>('POST', path, { file_ids: files });
    expect(await call('POST', `${path}/${batch.id}/cancel`)).toMatchObject({
      status: 'cancelled',
      file_counts: { in_progress: 0, cancelled: 2, total: 2 },
    });
    expect(await getStore(id)).toMatchObject({
      status: 'completed',
      file_counts: { cancelled: 2 },
    });
  });

  it('needs one list of files', async () => {
    const { createStore, refuse } = start();
    const { id } = await createStore();
    const path = `/vector_stores/${id}/file_batches`;
    expect(await refuse('POST', path, {})).toEqual([400, "A batch needs 'file_ids' or 'files'."]);
    expect(
      await refuse('POST', path, { file_ids: ['file-1'], files: [{ file_id: 'file-1' }] }),
    ).toEqual([400, "A batch takes either 'file_ids' or 'files', not both."]);
  });
});

describe('the search of a vector store', () => {
  async function createFiltered() {
    const server = start();
    const { id } = await server.createStore();
    for (const [name, attributes] of [
      ['old.txt', { year: 2020, topic: 'tea', isDraft: false }],
      ['new.txt', { year: 2026, topic: 'tea', isDraft: true }],
      ['none.txt', undefined],
    ] as const) {
      const file_id = await server.upload(name, `Green tea of ${name}`);
      await server.call('POST', `/vector_stores/${id}/files`, { file_id, attributes });
    }
    await server.backend.idle();
    const find = async (filters: object) =>
      (await server.search(id, { query: 'green tea', filters }))
        .map(({ filename }) => filename)
        .toSorted();
    return { ...server, id, find };
  }

  it('returns passages with the attributes of their files, best first', async () => {
    const { id, search } = await createFiltered();
    const [best, ...others] = await search(id, { query: 'green tea of new', max_num_results: 2 });
    expect(best).toMatchObject({
      filename: 'new.txt',
      score: 1,
      attributes: { year: 2026, topic: 'tea', isDraft: true },
      content: [{ type: 'text', text: 'Green tea of new.txt' }],
    });
    expect(others).toHaveLength(1);
    const threshold = { ranking_options: { score_threshold: 0.9 } };
    expect(await search(id, { query: 'green tea of new', ...threshold })).toHaveLength(1);
    const both = await search(id, { query: ['old', 'new'] });
    expect(both.map(({ filename }) => filename).toSorted()).toEqual(['new.txt', 'old.txt']);
  });

  it('filters by attributes', async () => {
    const { find } = await createFiltered();
    const compare = (type: string, key: string, value: unknown) => find({ type, key, value });
    expect(await compare('eq', 'year', 2026)).toEqual(['new.txt']);
    expect(await compare('ne', 'year', 2026)).toEqual(['none.txt', 'old.txt']);
    expect(await compare('gt', 'year', 2020)).toEqual(['new.txt']);
    expect(await compare('gte', 'year', 2020)).toEqual(['new.txt', 'old.txt']);
    expect(await compare('lt', 'year', 2026)).toEqual(['old.txt']);
    expect(await compare('lte', 'year', 2019)).toEqual([]);
    expect(await compare('lt', 'topic', 'teas')).toEqual(['new.txt', 'old.txt']);
    expect(await compare('eq', 'isDraft', false)).toEqual(['old.txt']);
    expect(await compare('in', 'year', [2020, 2021])).toEqual(['old.txt']);
    expect(await compare('nin', 'year', [2020])).toEqual(['new.txt', 'none.txt']);
    expect(await compare('eq', 'toString', 'x')).toEqual([]);
    const isNew = { type: 'eq', key: 'year', value: 2026 };
    const isFinal = { type: 'eq', key: 'isDraft', value: false };
    expect(await find({ type: 'or', filters: [isNew, isFinal] })).toEqual(['new.txt', 'old.txt']);
    expect(await find({ type: 'and', filters: [isNew, isFinal] })).toEqual([]);
    const nested = { type: 'and', filters: [{ type: 'or', filters: [isNew, isFinal] }, isFinal] };
    expect(await find(nested)).toEqual(['old.txt']);
  });

  it('refuses filters that cannot be compared', async () => {
    const { id, refuse } = await createFiltered();
    const search = (filters: object) =>
      refuse('POST', `/vector_stores/${id}/search`, { query: 'tea', filters });
    expect(await search({ type: 'in', key: 'year', value: 2026 })).toEqual([
      400,
      "A comparison of type 'in' needs a list of values.",
    ]);
    const equal = { type: 'eq', key: 'year', value: 2026 };
    expect(await search({ type: 'or', filters: Array.from({ length: 201 }, () => equal) })).toEqual(
      [400, 'The filter has 201 comparisons. The maximum is 200.'],
    );
    expect((await search({ type: 'like', key: 'year', value: 'x' }))[0]).toBe(400);
  });
});

describe('the file search of a run', () => {
  it('covers what is in the stores of assistant and thread at that time', async () => {
    const { ask, call, create, createStore, upload } = start();
    const files = [
      await upload('a.txt', 'Tea'),
      await upload('b.txt', 'Tea'),
      await upload('c.txt', 'Tea'),
    ];
    const [a, b, c] = files;
    const ofAssistant = await createStore({ file_ids: [a] });
    const ofThread = await createStore({ file_ids: [b] });
    const thread = await create('/v1/threads', { tool_resources: inStore(ofThread.id) });
    const resources = inStore(ofAssistant.id);
    expect(await ask(thread, resources)).toBe('a.txt b.txt');
    await call('POST', `/vector_stores/${ofAssistant.id}/files`, { file_id: c });
    await call('DELETE', `/vector_stores/${ofThread.id}/files/${b}`);
    expect(await ask(thread, resources)).toBe('a.txt c.txt');
  });

  it('covers attached files, which are in the vector store of the thread', async () => {
    const { ask, call, create, upload } = start();
    const [a, b] = [await upload('a.txt', 'Tea'), await upload('b.txt', 'Tea')];
    const message = (file_id: string) => ({
      role: 'user',
      content: 'tea',
      attachments: [{ file_id, tools: [{ type: 'file_search' }] }],
    });
    const threadId = await create('/v1/threads', { messages: [message(a)] });
    const getStoreId = async () => {
      const thread = await call<{
        tool_resources: { file_search: { vector_store_ids: string[] } };
      }>('GET', `/threads/${threadId}`);
      return thread.tool_resources.file_search.vector_store_ids[0] ?? '';
    };
    const id = await getStoreId();
    await create(`/v1/threads/${threadId}/messages`, message(b));
    expect(await getStoreId()).toBe(id);
    const { data } = await call<{ data: object[] }>('GET', `/vector_stores/${id}/files?order=asc`);
    expect(data).toMatchObject([{ id: a }, { id: b }]);
    expect(await ask(threadId)).toBe('a.txt b.txt');
    await call('DELETE', `/vector_stores/${id}/files/${a}`);
    expect(await ask(threadId)).toBe('b.txt');
  });
});
