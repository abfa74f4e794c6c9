import { AgentsClient } from '@azure/ai-agents';
import { expect, onTestFinished, test } from 'vitest';
import { serveBackend } from '../../src/backend/server/serveBackend.js';
import { createClientBackend } from './openaiClients.js';

const POLL = { pollingOptions: { intervalInMs: 1 } };

/** Starts a server without TLS. A policy adds the key, because the client refuses to send a token to it. */
async function start() {
  const { backend, called, fetch } = createClientBackend();
  const server = await serveBackend({
    // The request of the server is not one of the global class, which the validation copies.
    fetch: async ({ url, method, headers, body }) =>
      fetch(new URL(url), { method, headers, body, duplex: 'half' } as RequestInit),
  });
  onTestFinished(() => server.close());
  const credential = {
    getToken: async () => ({ token: 'sk-test', expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const client = new AgentsClient(server.url, credential, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  client.pipeline.addPolicy({
    name: 'key',
    sendRequest(request, next) {
      request.headers.set('authorization', 'Bearer sk-test');
      return next(request);
    },
  });
  return { backend, called, client };
}

test('the helpers of @azure/ai-agents wait until the files of vector stores are read', async () => {
  const { backend, called, client } = await start();
  const upload = async (name: string) => {
    const text = new Blob([`Content of ${name}`]).stream();
    return (await client.files.upload(text, 'assistants', { fileName: name })).id;
  };
  const fileId = await upload('a.txt');

  const store = await client.vectorStores.createAndPoll({
    fileIds: [fileId],
    name: 'Notes',
    ...POLL,
  });
  expect([store.status, store.fileCounts.completed]).toEqual(['completed', 1]);
  const second = await client.vectorStoreFiles.createAndPoll(store.id, {
    fileId: await upload('b.txt'),
    ...POLL,
  });
  expect([second.status, second.vectorStoreId]).toEqual(['completed', store.id]);
  const batch = await client.vectorStoreFileBatches.createAndPoll(store.id, {
    fileIds: [fileId, await upload('c.txt')],
    ...POLL,
  });
  expect([batch.status, batch.fileCounts.completed]).toEqual(['completed', 2]);

  const listed: string[] = [];
  for await (const file of client.vectorStoreFiles.list(store.id, { order: 'asc' }))
    listed.push(file.id);
  expect(listed).toHaveLength(3);
  const ofBatch: string[] = [];
  for await (const file of client.vectorStoreFileBatches.list(store.id, batch.id))
    ofBatch.push(file.status);
  expect(ofBatch).toEqual(['completed', 'completed']);
  expect((await client.vectorStores.update(store.id, { name: 'Tea' })).name).toBe('Tea');
  expect((await client.vectorStores.get(store.id)).fileCounts.total).toBe(3);
  const stores: string[] = [];
  for await (const { id } of client.vectorStores.list()) stores.push(id);
  expect(stores).toEqual([store.id]);

  const agent = await client.createAgent('gpt-4', {
    tools: [{ type: 'file_search' }],
    toolResources: { fileSearch: { vectorStoreIds: [store.id] } },
  });
  expect(agent.toolResources?.fileSearch?.vectorStoreIds).toEqual([store.id]);
  expect((await client.vectorStoreFiles.delete(store.id, fileId)).deleted).toBe(true);
  expect((await client.vectorStores.delete(store.id)).deleted).toBe(true);
  await backend.idle();
  expect(called.has('createVectorStoreFileBatch')).toBe(true);
});
