import { InfiniteQueryObserver, MutationObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import {
  createAssistantFileOptions,
  deleteAssistantFileOptions,
  getAssistantFileOptions,
  listAssistantFilesOptions,
} from '../../src/queries/assistantFiles.js';
import {
  createAssistantOptions,
  deleteAssistantOptions,
  getAssistantOptions,
  listAssistantsOptions,
  modifyAssistantOptions,
} from '../../src/queries/assistants.js';
import { createDeferred } from '../createDeferred.js';
import { createTestHarness, nextTask } from './createTestHarness.js';

/** Observes two lists of assistants. */
async function openLists(harness: ReturnType<typeof createTestHarness>) {
  const { queryClient, client } = harness;
  const newest = new InfiniteQueryObserver(queryClient, listAssistantsOptions(client));
  const oldest = new InfiniteQueryObserver(
    queryClient,
    listAssistantsOptions(client, { query: { order: 'asc', limit: 1 } }),
  );
  newest.subscribe(() => undefined);
  oldest.subscribe(() => undefined);
  await Promise.all([
    newest.refetch({ cancelRefetch: false }),
    oldest.refetch({ cancelRefetch: false }),
  ]);
  harness.takeRequests();
  const names = () => newest.getCurrentResult().data?.map(({ name }) => name);
  const oldestNames = () => oldest.getCurrentResult().data?.map(({ name }) => name);
  const detail = (assistantId: string) =>
    queryClient.getQueryData(getAssistantOptions(client, { assistantId }).queryKey);
  return { names, oldestNames, detail };
}

describe('assistant queries', () => {
  it('writes a new assistant into its detail query and the lists without a request', async () => {
    const harness = createTestHarness();
    await harness.createAssistant({ name: 'first' });
    harness.advanceTime(1_000);
    await harness.createAssistant({ name: 'second' });
    const { names, oldestNames, detail } = await openLists(harness);
    const create = new MutationObserver(
      harness.queryClient,
      createAssistantOptions(harness.client),
    );
    const assistant = await create.mutate({ body: { model: 'scripted', name: 'new' } });
    expect(names()).toEqual(['new', 'second', 'first']);
    expect(oldestNames()).toEqual(['first']);
    expect(detail(assistant.id)).toEqual(assistant);
    expect(harness.takeRequests()).toEqual(['POST /assistants']);
  });

  it('modifies an assistant optimistically in its detail query and the lists', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant({ name: 'old', temperature: 0.5 });
    await harness.queryClient.query(getAssistantOptions(harness.client, { assistantId }));
    const { names, detail } = await openLists(harness);
    const gate = createDeferred();
    harness.intercept(async () => {
      await gate.promise;
      return undefined;
    });
    const modify = new MutationObserver(
      harness.queryClient,
      modifyAssistantOptions(harness.client),
    );
    const modifying = modify.mutate({ assistantId, body: { name: 'new' } });
    await nextTask();
    expect(names()).toEqual(['new']);
    expect(detail(assistantId)).toMatchObject({ name: 'new', temperature: 0.5 });
    gate.resolve();
    await modifying;
    expect(names()).toEqual(['new']);
    expect(harness.takeRequests()).toEqual([`POST /assistants/${assistantId}`]);
  });

  it('rolls back a rejected modification', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant({ name: 'old' });
    await harness.queryClient.query(getAssistantOptions(harness.client, { assistantId }));
    const { names, detail } = await openLists(harness);
    const modify = new MutationObserver(
      harness.queryClient,
      modifyAssistantOptions(harness.client),
    );
    await expect(
      modify.mutate({ assistantId, body: { name: 'x'.repeat(300) } }),
    ).rejects.toMatchObject({ status: 400 });
    expect(names()).toEqual(['old']);
    expect(detail(assistantId)?.name).toBe('old');
  });

  it('rolls back a rejected modification of an assistant that only a list has', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant({ name: 'old' });
    const { names } = await openLists(harness);
    const modify = new MutationObserver(
      harness.queryClient,
      modifyAssistantOptions(harness.client),
    );
    await expect(
      modify.mutate({ assistantId, body: { name: 'x'.repeat(300) } }),
    ).rejects.toMatchObject({ status: 400 });
    expect(names()).toEqual(['old']);
  });

  it('removes a deleted assistant and its files', async () => {
    const harness = createTestHarness();
    const assistantId = await harness.createAssistant({ name: 'deleted' });
    await harness.createAssistant({ name: 'kept' });
    await harness.queryClient.query(getAssistantOptions(harness.client, { assistantId }));
    await harness.queryClient.infiniteQuery(
      listAssistantFilesOptions(harness.client, { assistantId }),
    );
    const { names, detail } = await openLists(harness);
    await new MutationObserver(harness.queryClient, deleteAssistantOptions(harness.client)).mutate({
      assistantId,
    });
    expect(names()).toEqual(['kept']);
    expect(detail(assistantId)).toBeUndefined();
    const files = listAssistantFilesOptions(harness.client, { assistantId });
    expect(harness.queryClient.getQueryData(files.queryKey)).toBeUndefined();
    expect(harness.takeRequests()).toEqual([`DELETE /assistants/${assistantId}`]);
  });

  it('keeps files and file_ids of an assistant in version 1 consistent', async () => {
    const harness = createTestHarness({ client: { apiVersion: 'v1' } });
    const [one, two] = [await harness.upload('one.txt'), await harness.upload('two.txt')];
    const assistantId = await harness.createAssistant();
    const { queryClient, client } = harness;
    await queryClient.query(getAssistantOptions(client, { assistantId }));
    const list = listAssistantFilesOptions(client, { assistantId });
    const observer = new InfiniteQueryObserver(queryClient, list);
    observer.subscribe(() => undefined);
    await observer.refetch({ cancelRefetch: false });
    const listedIds = () =>
      observer
        .getCurrentResult()
        .data?.map(({ id }) => id)
        .toSorted();
    const fileIds = () =>
      queryClient.getQueryData(getAssistantOptions(client, { assistantId }).queryKey)?.file_ids;
    const create = new MutationObserver(queryClient, createAssistantFileOptions(client));
    await create.mutate({ assistantId, body: { file_id: one } });
    await create.mutate({ assistantId, body: { file_id: two } });
    expect(listedIds()).toEqual([one, two].toSorted());
    expect(fileIds()).toEqual([one, two]);
    const detail = getAssistantFileOptions(client, { assistantId, fileId: one });
    expect(queryClient.getQueryData(detail.queryKey)?.id).toBe(one);
    await new MutationObserver(queryClient, deleteAssistantFileOptions(client)).mutate({
      assistantId,
      fileId: one,
    });
    expect(listedIds()).toEqual([two]);
    expect(fileIds()).toEqual([two]);
    expect(queryClient.getQueryData(detail.queryKey)).toBeUndefined();
  });
});
