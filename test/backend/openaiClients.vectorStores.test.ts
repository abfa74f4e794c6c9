import type OpenAI from 'openai-7';
import { expect, test } from 'vitest';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { collect } from './createRunHarness.js';
import {
  createClientBackend,
  importClient,
  isVectorStoreOperation,
  withNamedIds,
} from './openaiClients.js';

const CLIENTS = ['4.104', '6', '7'];
const POLL = { pollIntervalMs: 1 };

const createFile = (name: string, text: string) => new File([text], name, { type: 'text/plain' });

async function start(version: string) {
  const backend = createClientBackend();
  const Client = await importClient<typeof OpenAI>(version);
  const client = new Client({
    apiKey: 'sk-test',
    baseURL: 'http://localhost/v1',
    fetch: backend.fetch,
    maxRetries: 0,
  });
  return { ...backend, openai: version.startsWith('4.') ? withNamedIds(client) : client };
}

test.for(CLIENTS)('openai %s calls every operation of vector stores', async (version) => {
  const { openai, called } = await start(version);
  const { vectorStores } = openai;
  const file = await openai.files.create({
    file: createFile('tea.txt', 'Green tea wants 75 degrees.'),
    purpose: 'assistants',
  });
  const created = await vectorStores.create({
    name: 'Notes',
    expires_after: { anchor: 'last_active_at', days: 7 },
  });
  expect(created).toMatchObject({ status: 'completed', file_counts: { total: 0 } });
  expect((await vectorStores.list()).data.map(({ id }) => id)).toEqual([created.id]);
  expect((await vectorStores.update(created.id, { name: 'Tea' })).name).toBe('Tea');

  const inStore = { vector_store_id: created.id };
  const added = await vectorStores.files.create(created.id, {
    file_id: file.id,
    attributes: { year: 2025 },
    chunking_strategy: {
      type: 'static',
      static: { max_chunk_size_tokens: 100, chunk_overlap_tokens: 20 },
    },
  });
  expect(added).toMatchObject({ id: file.id, status: 'in_progress' });
  expect((await vectorStores.files.poll(created.id, file.id, POLL)).status).toBe('completed');
  expect((await vectorStores.retrieve(created.id)).file_counts.completed).toBe(1);
  const attributes = { year: 2026 };
  expect((await vectorStores.files.update(file.id, { ...inStore, attributes })).attributes).toEqual(
    attributes,
  );
  expect((await collect(vectorStores.files.list(created.id))).map(({ id }) => id)).toEqual([
    file.id,
  ]);
  const [text] = (await vectorStores.files.content(file.id, inStore)).data;
  expect(text).toEqual({ type: 'text', text: 'Green tea wants 75 degrees.' });
  const found = await vectorStores.search(created.id, {
    query: 'green tea',
    filters: { type: 'gte', key: 'year', value: 2026 },
  });
  expect(found.data).toMatchObject([{ file_id: file.id, filename: 'tea.txt', attributes }]);

  const batch = await vectorStores.fileBatches.create(created.id, { file_ids: [file.id] });
  const listed = await vectorStores.fileBatches.listFiles(batch.id, inStore);
  expect(listed.data.map(({ id }) => id)).toEqual([file.id]);
  await vectorStores.fileBatches.cancel(batch.id, inStore);
  const ended = await vectorStores.fileBatches.retrieve(batch.id, inStore);
  expect(['cancelled', 'completed']).toContain(ended.status);

  expect((await vectorStores.files.delete(file.id, inStore)).deleted).toBe(true);
  expect((await vectorStores.delete(created.id)).deleted).toBe(true);
  await expect(vectorStores.retrieve(created.id)).rejects.toThrow(/No vector store found/);
  const missing = operationIds.filter((id) => isVectorStoreOperation(id) && !called.has(id));
  expect(missing).toEqual([]);
});

test.for(CLIENTS)('the helpers of openai %s wait until files are read', async (version) => {
  const { openai } = await start(version);
  const { vectorStores } = openai;
  const { id } = await vectorStores.create({ name: 'Notes' });

  const uploaded = await vectorStores.files.uploadAndPoll(id, createFile('a.txt', 'Tea'), POLL);
  expect(uploaded).toMatchObject({ status: 'completed', last_error: null, usage_bytes: 3 });

  const image = await openai.files.create({
    file: new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1])], 'b.png'),
    purpose: 'assistants',
  });
  const failed = await vectorStores.files.createAndPoll(id, { file_id: image.id }, POLL);
  expect(failed).toMatchObject({ status: 'failed', last_error: { code: 'unsupported_file' } });

  const files = ['c.txt', 'd.txt', 'e.txt'].map((name) => createFile(name, `Tea of ${name}`));
  const batch = await vectorStores.fileBatches.uploadAndPoll(
    id,
    { files, fileIds: [image.id] },
    POLL,
  );
  expect(batch).toMatchObject({
    status: 'completed',
    file_counts: { in_progress: 0, completed: 3, failed: 1, cancelled: 0, total: 4 },
  });
  const again = await vectorStores.fileBatches.createAndPoll(id, { file_ids: [uploaded.id] }, POLL);
  expect(again.status).toBe('completed');

  const all = await collect(vectorStores.files.list(id, { limit: 2, order: 'asc' }));
  expect(all).toHaveLength(5);
  const completed = await collect(vectorStores.files.list(id, { filter: 'completed', limit: 2 }));
  expect(completed).toHaveLength(4);
  expect(await vectorStores.retrieve(id)).toMatchObject({
    status: 'completed',
    file_counts: { completed: 4, failed: 1, total: 5 },
  });
});
