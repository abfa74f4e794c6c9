import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { AssistantsError } from '../../src/client/AssistantsError.js';
import type { AssistantsClient } from '../../src/client/AssistantsClient.js';
import type { VectorStore } from '../../src/protocol/types.js';
import type { OperationMutationOptions } from '../../src/queries/createMutationOptions.js';
import { deleteFileOptions } from '../../src/queries/files.js';
import * as batches from '../../src/queries/vectorStoreFileBatches.js';
import * as storeFiles from '../../src/queries/vectorStoreFiles.js';
import { getReadingInterval } from '../../src/queries/vectorStorePolling.js';
import * as vectorStores from '../../src/queries/vectorStores.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

type Harness = Awaited<ReturnType<typeof start>>;
interface Ids {
  vectorStoreId: string;
  fileId: string;
  batchId: string;
}

/** Every query of a vector store. */
const lists = {
  listVectorStores: (client: AssistantsClient, _ids: Ids) =>
    vectorStores.listVectorStoresOptions(client),
  listVectorStoreFiles: storeFiles.listVectorStoreFilesOptions,
  listVectorStoreBatchFiles: batches.listVectorStoreBatchFilesOptions,
};
const details = {
  getVectorStore: vectorStores.getVectorStoreOptions,
  getVectorStoreFile: storeFiles.getVectorStoreFileOptions,
  getVectorStoreFileBatch: batches.getVectorStoreFileBatchOptions,
};

/** Creates a vector store with a batch of one file, and observes every query of it. Reading can be paused. */
async function start() {
  let reading = Promise.resolve();
  const store = memoryStore();
  const harness = createTestHarness({
    backend: {
      store: {
        ...store,
        async getContent(fileId) {
          await reading;
          return store.getContent(fileId);
        },
      },
    },
  });
  const { backend, client, create, queryClient, upload } = harness;
  const fileId = await upload('one.txt', 'Green tea');
  const vectorStoreId = await create('/v1/vector_stores', { name: 'Notes' });
  const path = `/v1/vector_stores/${vectorStoreId}/file_batches`;
  const batchId = await create(path, { file_ids: [fileId] });
  await backend.idle();
  const ids = { vectorStoreId, fileId, batchId };
  for (const factory of Object.values(lists)) {
    // Each factory has a type of its own.
    const factoryOfFiles = factory as typeof storeFiles.listVectorStoreFilesOptions;
    const options = { ...factoryOfFiles(client, ids), refetchInterval: false as const };
    new InfiniteQueryObserver(queryClient, options).subscribe(() => undefined);
  }
  for (const factory of Object.values(details)) {
    const options = (factory as typeof vectorStores.getVectorStoreOptions)(client, ids);
    new QueryObserver(queryClient, { ...options, refetchInterval: false }).subscribe(
      () => undefined,
    );
  }
  await settle(queryClient);
  harness.takeRequests();
  return {
    ...harness,
    ids,
    /** Files stay unread until the returned function is called. */
    pauseReading() {
      const { promise, resolve } = createDeferred<void>();
      reading = promise;
      return async () => {
        resolve();
        await backend.idle();
      };
    },
  };
}

async function settle(queryClient: QueryClient): Promise<void> {
  do await nextTask();
  while (queryClient.isFetching() > 0);
}

async function execute<Data, Variables, Result>(
  { client, queryClient }: Harness,
  factory: (client: AssistantsClient) => OperationMutationOptions<Data, Variables, Result>,
  variables: Variables,
): Promise<Data> {
  const mutation = queryClient.getMutationCache().build(queryClient, factory(client));
  const data = await mutation.execute(variables);
  await settle(queryClient);
  return data;
}

/** Polls the vector store once, as its query does in an interval. */
async function poll({ client, queryClient, ids }: Harness): Promise<void> {
  const options = vectorStores.getVectorStoreOptions(client, ids);
  await queryClient.fetchQuery({ ...options, staleTime: 0 });
  await settle(queryClient);
}

/** Expects that every cached query equals what the server returns. Missing objects are not cached. */
async function expectFresh({ client, queryClient, ids }: Harness): Promise<void> {
  const fresh = new QueryClient();
  for (const [name, factory] of Object.entries(lists)) {
    const options = (factory as typeof storeFiles.listVectorStoreFilesOptions)(client, ids);
    const items = (data: { pages: { data: unknown[] }[] } | undefined) =>
      data?.pages.flatMap((page) => page.data);
    const expected = await fresh.fetchInfiniteQuery(options).catch(() => undefined);
    expect([name, items(queryClient.getQueryData(options.queryKey))]).toEqual([
      name,
      items(expected),
    ]);
  }
  for (const [name, factory] of Object.entries(details)) {
    const options = (factory as typeof vectorStores.getVectorStoreOptions)(client, ids);
    const expected = await fresh.fetchQuery(options).catch(() => undefined);
    expect([name, queryClient.getQueryData(options.queryKey)]).toEqual([name, expected]);
  }
}

describe('queries of vector stores', () => {
  it('equal the server after each mutation, and after the poll that finds the files read', async () => {
    const harness = await start();
    await expectFresh(harness);
    harness.takeRequests();
    const { ids } = harness;
    await execute(harness, vectorStores.createVectorStoreOptions, { body: { name: 'More' } });
    await execute(harness, vectorStores.modifyVectorStoreOptions, {
      ...ids,
      body: { name: 'Tea' },
    });
    expect(harness.takeRequests()).toHaveLength(2);
    await expectFresh(harness);

    const second = await harness.upload('two.txt', 'Black tea');
    let release = harness.pauseReading();
    await execute(harness, storeFiles.createVectorStoreFileOptions, {
      ...ids,
      body: { file_id: second },
    });
    await expectFresh(harness);
    await release();
    await poll(harness);
    await expectFresh(harness);

    const attributes = { year: 2026 };
    await execute(harness, storeFiles.modifyVectorStoreFileOptions, {
      ...ids,
      body: { attributes },
    });
    await expectFresh(harness);

    const third = await harness.upload('three.txt', 'White tea');
    release = harness.pauseReading();
    const batch = await execute(harness, batches.createVectorStoreFileBatchOptions, {
      ...ids,
      body: { file_ids: [third] },
    });
    await expectFresh(harness);
    await execute(harness, batches.cancelVectorStoreFileBatchOptions, {
      vectorStoreId: ids.vectorStoreId,
      batchId: batch.id,
    });
    await expectFresh(harness);
    await release();

    await execute(harness, storeFiles.deleteVectorStoreFileOptions, ids);
    await expectFresh(harness);
    await execute(harness, vectorStores.deleteVectorStoreOptions, ids);
    await expectFresh(harness);
  });

  it('lose a file that is deleted', async () => {
    const harness = await start();
    await execute(harness, deleteFileOptions, harness.ids);
    await expectFresh(harness);
    const { queryKey } = storeFiles.getVectorStoreFileOptions(harness.client, harness.ids);
    expect(harness.queryClient.getQueryData(queryKey)).toBeUndefined();
  });

  it('find passages, and find them again after the files have changed', async () => {
    const harness = await start();
    const { client, ids, queryClient } = harness;
    const options = vectorStores.searchVectorStoreOptions(client, {
      ...ids,
      body: { query: 'tea' },
    });
    const observer = new QueryObserver(queryClient, options);
    observer.subscribe(() => undefined);
    await settle(queryClient);
    const names = () => observer.getCurrentResult().data?.data.map(({ filename }) => filename);
    expect(names()).toEqual(['one.txt']);
    await execute(harness, storeFiles.deleteVectorStoreFileOptions, ids);
    expect(names()).toEqual([]);
  });

  it('poll while files are being read, less often after an error, and not after a final one', async () => {
    const harness = await start();
    const { client, create, ids, queryClient } = harness;
    const release = harness.pauseReading();
    await create(`/v1/vector_stores/${ids.vectorStoreId}/files`, {
      file_id: await harness.upload('two.txt', 'Black tea'),
    });
    const factory = vectorStores.getVectorStoreOptions(client, ids);
    const getInterval = () => {
      const query = queryClient
        .getQueryCache()
        .find<VectorStore, AssistantsError>({ queryKey: factory.queryKey });
      const { refetchInterval } = factory;
      return query && typeof refetchInterval === 'function' ? refetchInterval(query) : undefined;
    };
    expect(getInterval()).toBe(false);
    await poll(harness);
    expect(getInterval()).toBe(1_000);
    await release();
    await poll(harness);
    expect(getInterval()).toBe(false);

    const failed = new AssistantsError('network', 'Offline', { operation: 'getVectorStore' });
    expect(getReadingInterval(true, failed)).toBe(10_000);
    const missing = new AssistantsError('http', 'Gone', {
      operation: 'getVectorStore',
      status: 404,
    });
    expect(getReadingInterval(true, missing)).toBe(false);
  });
});
