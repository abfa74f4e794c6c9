import { InfiniteQueryObserver, MutationObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import {
  deleteFileOptions,
  fileSummariesOptions,
  getFileContentOptions,
  getFileOptions,
  listFilesOptions,
  uploadFileOptions,
} from '../../src/queries/files.js';
import { createTestHarness } from './createTestHarness.js';

/** Observes a list of files. Returns a function that returns their names. */
async function openList(
  harness: ReturnType<typeof createTestHarness>,
  query: { purpose?: 'assistants' | 'vision' } = {},
) {
  const observer = new InfiniteQueryObserver(
    harness.queryClient,
    listFilesOptions(harness.client, { query }),
  );
  observer.subscribe(() => undefined);
  await observer.refetch({ cancelRefetch: false });
  harness.takeRequests();
  return () => observer.getCurrentResult().data?.map(({ filename }) => filename);
}

describe('file queries', () => {
  it('writes an uploaded file into its detail query and the lists of its purpose', async () => {
    const harness = createTestHarness();
    const all = await openList(harness);
    const images = await openList(harness, { purpose: 'vision' });
    const upload = new MutationObserver(harness.queryClient, uploadFileOptions(harness.client));
    const file = await upload.mutate({
      body: { file: new File(['Notes'], 'notes.txt'), purpose: 'assistants' },
    });
    expect(all()).toEqual(['notes.txt']);
    expect(images()).toEqual([]);
    expect(
      harness.queryClient.getQueryData(
        getFileOptions(harness.client, { fileId: file.id }).queryKey,
      ),
    ).toEqual(file);
    expect(harness.takeRequests()).toEqual(['POST /files']);
  });

  it('aborts an upload with its signal', async () => {
    const harness = createTestHarness();
    const upload = new MutationObserver(harness.queryClient, uploadFileOptions(harness.client));
    const body = { file: new File(['Notes'], 'notes.txt'), purpose: 'assistants' };
    await expect(upload.mutate({ body, signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'aborted',
    });
  });

  it('removes a deleted file and its content', async () => {
    const harness = createTestHarness();
    const fileId = await harness.upload('notes.txt');
    const all = await openList(harness);
    const content = getFileContentOptions(harness.client, { fileId });
    expect(await (await harness.queryClient.query(content)).text()).toBe('Notes');
    await new MutationObserver(harness.queryClient, deleteFileOptions(harness.client)).mutate({
      fileId,
    });
    expect(all()).toEqual([]);
    expect(harness.queryClient.getQueryData(content.queryKey)).toBeUndefined();
  });

  it('requests the content of a file once', async () => {
    const harness = createTestHarness();
    const fileId = await harness.upload('notes.txt');
    const content = getFileContentOptions(harness.client, { fileId });
    const blob = await harness.queryClient.query(content);
    expect(await harness.queryClient.query(content)).toBe(blob);
    expect(harness.takeRequests()).toEqual([`GET /files/${fileId}/content`]);
  });

  it('reads the names and sizes of files with one request each, and leaves out a missing file', async () => {
    const harness = createTestHarness();
    const [one, two] = [await harness.upload('one.txt'), await harness.upload('two.txt')];
    await harness.queryClient.query(getFileOptions(harness.client, { fileId: one }));
    harness.takeRequests();
    const summaries = fileSummariesOptions(harness.client, [one, two, 'file-missing']);
    expect(await harness.queryClient.query(summaries)).toEqual({
      [one]: { name: 'one.txt', size: expect.any(Number) },
      [two]: { name: 'two.txt', size: expect.any(Number) },
    });
    expect(harness.takeRequests()).toEqual([`GET /files/${two}`, 'GET /files/file-missing']);
  });
});
