import { InfiniteQueryObserver, MutationObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
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
import { createTestHarness } from './createTestHarness.js';

const tick = () => new Promise((resolve) => setImmediate(resolve));

async function open(world: ReturnType<typeof createTestHarness>) {
  const { queryClient, client } = world;
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
  world.takeRequests();
  const names = () => newest.getCurrentResult().data?.map(({ name }) => name);
  const oldestNames = () => oldest.getCurrentResult().data?.map(({ name }) => name);
  const detail = (assistantId: string) =>
    queryClient.getQueryData(getAssistantOptions(client, { assistantId }).queryKey);
  return { names, oldestNames, detail };
}

test('puts a new assistant into its detail and the lists, without fetching them', async () => {
  const world = createTestHarness();
  await world.createAssistant({ name: 'first' });
  world.advanceTime(1_000);
  await world.createAssistant({ name: 'second' });
  const { names, oldestNames, detail } = await open(world);
  const create = new MutationObserver(world.queryClient, createAssistantOptions(world.client));
  const assistant = await create.mutate({ body: { model: 'scripted', name: 'new' } });
  expect(names()).toEqual(['new', 'second', 'first']);
  expect(oldestNames()).toEqual(['first']);
  expect(detail(assistant.id)).toEqual(assistant);
  expect(world.takeRequests()).toEqual(['POST /assistants']);
});

test('shows a change at once in detail and lists', async () => {
  const world = createTestHarness();
  const assistantId = await world.createAssistant({ name: 'old', temperature: 0.5 });
  await world.queryClient.query(getAssistantOptions(world.client, { assistantId }));
  const { names, detail } = await open(world);
  const held = createDeferred();
  world.intercept(async () => {
    await held.promise;
    return undefined;
  });
  const modify = new MutationObserver(world.queryClient, modifyAssistantOptions(world.client));
  const changing = modify.mutate({ assistantId, body: { name: 'new' } });
  await tick();
  expect(names()).toEqual(['new']);
  expect(detail(assistantId)).toMatchObject({ name: 'new', temperature: 0.5 });
  held.resolve();
  await changing;
  expect(names()).toEqual(['new']);
  expect(world.takeRequests()).toEqual([`POST /assistants/${assistantId}`]);
});

test('takes a refused change back', async () => {
  const world = createTestHarness();
  const assistantId = await world.createAssistant({ name: 'old' });
  await world.queryClient.query(getAssistantOptions(world.client, { assistantId }));
  const { names, detail } = await open(world);
  const modify = new MutationObserver(world.queryClient, modifyAssistantOptions(world.client));
  await expect(
    modify.mutate({ assistantId, body: { name: 'x'.repeat(300) } }),
  ).rejects.toMatchObject({ status: 400 });
  expect(names()).toEqual(['old']);
  expect(detail(assistantId)?.name).toBe('old');
});

test('takes a refused change back where only a list shows the assistant', async () => {
  const world = createTestHarness();
  const assistantId = await world.createAssistant({ name: 'old' });
  const { names } = await open(world);
  const modify = new MutationObserver(world.queryClient, modifyAssistantOptions(world.client));
  await expect(
    modify.mutate({ assistantId, body: { name: 'x'.repeat(300) } }),
  ).rejects.toMatchObject({ status: 400 });
  expect(names()).toEqual(['old']);
});

test('forgets a deleted assistant and its files', async () => {
  const world = createTestHarness();
  const assistantId = await world.createAssistant({ name: 'gone' });
  await world.createAssistant({ name: 'stays' });
  await world.queryClient.query(getAssistantOptions(world.client, { assistantId }));
  await world.queryClient.infiniteQuery(listAssistantFilesOptions(world.client, { assistantId }));
  const { names, detail } = await open(world);
  await new MutationObserver(world.queryClient, deleteAssistantOptions(world.client)).mutate({
    assistantId,
  });
  expect(names()).toEqual(['stays']);
  expect(detail(assistantId)).toBeUndefined();
  const files = listAssistantFilesOptions(world.client, { assistantId });
  expect(world.queryClient.getQueryData(files.queryKey)).toBeUndefined();
  expect(world.takeRequests()).toEqual([`DELETE /assistants/${assistantId}`]);
});

test('keeps the files of an assistant of version 1 in step with its file_ids', async () => {
  const world = createTestHarness({ client: { apiVersion: 'v1' } });
  const [one, two] = [await world.upload('one.txt'), await world.upload('two.txt')];
  const assistantId = await world.createAssistant();
  const { queryClient, client } = world;
  await queryClient.query(getAssistantOptions(client, { assistantId }));
  const list = listAssistantFilesOptions(client, { assistantId });
  const observer = new InfiniteQueryObserver(queryClient, list);
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  const listed = () =>
    observer
      .getCurrentResult()
      .data?.map(({ id }) => id)
      .toSorted();
  const known = () =>
    queryClient.getQueryData(getAssistantOptions(client, { assistantId }).queryKey)?.file_ids;
  const create = new MutationObserver(queryClient, createAssistantFileOptions(client));
  await create.mutate({ assistantId, body: { file_id: one } });
  await create.mutate({ assistantId, body: { file_id: two } });
  expect(listed()).toEqual([one, two].toSorted());
  expect(known()).toEqual([one, two]);
  const detail = getAssistantFileOptions(client, { assistantId, fileId: one });
  expect(queryClient.getQueryData(detail.queryKey)?.id).toBe(one);
  await new MutationObserver(queryClient, deleteAssistantFileOptions(client)).mutate({
    assistantId,
    fileId: one,
  });
  expect(listed()).toEqual([two]);
  expect(known()).toEqual([two]);
  expect(queryClient.getQueryData(detail.queryKey)).toBeUndefined();
});
