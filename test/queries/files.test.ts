import { InfiniteQueryObserver, MutationObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import {
  deleteFileOptions,
  fileNamesOptions,
  getFileContentOptions,
  getFileOptions,
  listFilesOptions,
  uploadFileOptions,
} from '../../src/queries/files.js';
import { createTestHarness } from './createTestHarness.js';

async function open(
  world: ReturnType<typeof createTestHarness>,
  query: { purpose?: 'assistants' | 'vision' } = {},
) {
  const observer = new InfiniteQueryObserver(
    world.queryClient,
    listFilesOptions(world.client, { query }),
  );
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  world.takeRequests();
  return () => observer.getCurrentResult().data?.map(({ filename }) => filename);
}

test('puts an uploaded file into its detail and the lists of its purpose', async () => {
  const world = createTestHarness();
  const all = await open(world);
  const images = await open(world, { purpose: 'vision' });
  const upload = new MutationObserver(world.queryClient, uploadFileOptions(world.client));
  const file = await upload.mutate({
    body: { file: new File(['Notes'], 'notes.txt'), purpose: 'assistants' },
  });
  expect(all()).toEqual(['notes.txt']);
  expect(images()).toEqual([]);
  expect(
    world.queryClient.getQueryData(getFileOptions(world.client, { fileId: file.id }).queryKey),
  ).toEqual(file);
  expect(world.takeRequests()).toEqual(['POST /files']);
});

test('calls an upload off by its signal', async () => {
  const world = createTestHarness();
  const upload = new MutationObserver(world.queryClient, uploadFileOptions(world.client));
  const body = { file: new File(['Notes'], 'notes.txt'), purpose: 'assistants' };
  await expect(upload.mutate({ body, signal: AbortSignal.abort() })).rejects.toMatchObject({
    kind: 'aborted',
  });
});

test('forgets a deleted file and its content', async () => {
  const world = createTestHarness();
  const fileId = await world.upload('notes.txt');
  const all = await open(world);
  const content = getFileContentOptions(world.client, { fileId });
  expect(await (await world.queryClient.query(content)).text()).toBe('Notes');
  await new MutationObserver(world.queryClient, deleteFileOptions(world.client)).mutate({ fileId });
  expect(all()).toEqual([]);
  expect(world.queryClient.getQueryData(content.queryKey)).toBeUndefined();
});

test('fetches a content once', async () => {
  const world = createTestHarness();
  const fileId = await world.upload('notes.txt');
  const content = getFileContentOptions(world.client, { fileId });
  const blob = await world.queryClient.query(content);
  expect(await world.queryClient.query(content)).toBe(blob);
  expect(world.takeRequests()).toEqual([`GET /files/${fileId}/content`]);
});

test('names files, each asked for once, and passes over one that is gone', async () => {
  const world = createTestHarness();
  const [one, two] = [await world.upload('one.txt'), await world.upload('two.txt')];
  await world.queryClient.query(getFileOptions(world.client, { fileId: one }));
  world.takeRequests();
  const names = fileNamesOptions(world.client, [one, two, 'file-gone']);
  expect(await world.queryClient.query(names)).toEqual({ [one]: 'one.txt', [two]: 'two.txt' });
  expect(world.takeRequests()).toEqual([`GET /files/${two}`, 'GET /files/file-gone']);
});
