import { act, renderHook, waitFor } from '@testing-library/react';
import { useAttachments } from 'assistants-react';
import { beforeEach, expect, it } from 'vitest';
import { createHookHarness } from './createHookHarness.js';

beforeEach(() => {
  sessionStorage.clear();
});

const createTextFile = (name: string) => new File(['text'], name, { type: 'text/plain' });
const createImage = (name: string) => new File(['pixels'], name, { type: 'image/png' });

function renderAttachments(options: Parameters<typeof createHookHarness>[0] = {}, draftName = '') {
  const harness = createHookHarness(options);
  const hook = renderHook(() => useAttachments(draftName), { wrapper: harness.wrapper });
  const statuses = () => hook.result.current.items.map(({ status }) => status);
  const add = async (...files: File[]) => {
    act(() => hook.result.current.add(files));
    await waitFor(() => expect(hook.result.current.isUploading).toBe(false));
  };
  return {
    ...harness,
    ...hook,
    statuses,
    add,
    ids: () => hook.result.current.items.map(({ fileId }) => fileId),
  };
}

it('shows a file immediately, and reports when it is uploaded', async () => {
  const { result } = renderAttachments();

  act(() => result.current.add([createTextFile('report.txt')]));
  expect(result.current.items).toMatchObject([
    { file: { name: 'report.txt' }, status: 'uploading', progress: 0 },
  ]);
  expect(result.current.isUploading).toBe(true);
  await waitFor(() =>
    expect(result.current.items).toMatchObject([{ status: 'ready', progress: 1 }]),
  );

  expect(result.current.items[0]?.fileId).toMatch(/^file-/);
});

it('creates a message with images, files and a text', async () => {
  const { result, add, ids } = renderAttachments();
  await add(createTextFile('report.txt'), createImage('plan.png'));
  const [report, plan] = ids();

  expect(result.current.toMessage('Look')).toEqual({
    content: [
      { type: 'text', text: 'Look' },
      { type: 'image_file', image_file: { file_id: plan } },
    ],
    attachments: [{ file_id: report, tools: [{ type: 'file_search' }] }],
  });
});

it('sends the names of the files in place of an empty text', async () => {
  const { result, add, ids } = renderAttachments();
  await add(createTextFile('a.txt'), createTextFile('b.txt'));

  expect(result.current.toMessage('')).toMatchObject({
    content: 'a.txt, b.txt',
    attachments: ids().map((file_id) => ({ file_id })),
  });
});

it('sends file ids to servers of version 1', async () => {
  const { result, add, ids } = renderAttachments({ client: { apiVersion: 'v1' } });
  await add(createTextFile('report.txt'));

  expect(result.current.toMessage('Read')).toEqual({ content: 'Read', file_ids: ids() });
});

it('keeps a file whose upload has failed, and uploads it on retry', async () => {
  const { result, add, statuses, intercept } = renderAttachments();
  intercept(async ({ method }) =>
    method === 'POST' ? new Response('{}', { status: 400 }) : undefined,
  );
  await add(createTextFile('report.txt'));
  expect(result.current.items).toMatchObject([
    { status: 'failed', error: { kind: 'http', status: 400 } },
  ]);
  intercept(async () => undefined);

  act(() => result.current.retry(result.current.items[0]?.key ?? ''));
  await waitFor(() => expect(statuses()).toEqual(['ready']));

  expect(result.current.items[0]?.error).toBeUndefined();
});

it('aborts the upload of a removed file, and all uploads on unmount', async () => {
  const { result, unmount, intercept } = renderAttachments();
  const aborted: string[] = [];
  intercept(
    ({ signal, method }) =>
      new Promise(() => signal.addEventListener('abort', () => aborted.push(method))),
  );
  act(() => result.current.add([createTextFile('a.txt'), createTextFile('b.txt')]));
  await waitFor(() => expect(result.current.items).toHaveLength(2));

  act(() => result.current.remove(result.current.items[0]?.key ?? ''));
  await waitFor(() => expect(result.current.items).toMatchObject([{ file: { name: 'b.txt' } }]));
  await waitFor(() => expect(aborted).toEqual(['POST']));
  unmount();

  await waitFor(() => expect(aborted).toEqual(['POST', 'POST']));
});

it('removes all files on clear', async () => {
  const { result, add } = renderAttachments();
  await add(createTextFile('a.txt'));

  act(() => result.current.clear());

  await waitFor(() => expect(result.current.items).toEqual([]));
});

it('restores the files of an earlier page', async () => {
  const { wrapper, add, ids, unmount } = renderAttachments({}, 'thread_1');
  await add(createTextFile('a.txt'));
  const [fileId] = ids();
  unmount();

  const { result } = renderHook(() => useAttachments('thread_1'), { wrapper });
  await waitFor(() =>
    expect(result.current.items).toMatchObject([
      { file: { name: 'a.txt' }, status: 'ready', fileId },
    ]),
  );
});

it('marks a restored file as failed if the server has deleted it', async () => {
  const { wrapper, client, add, ids, unmount } = renderAttachments({}, 'thread_1');
  await add(createTextFile('a.txt'));
  await client.deleteFile({ fileId: ids()[0] ?? '' });
  unmount();

  const { result } = renderHook(() => useAttachments('thread_1'), { wrapper });
  await waitFor(() =>
    expect(result.current.items).toMatchObject([
      { file: { name: 'a.txt' }, status: 'failed', fileId: undefined, error: { status: 404 } },
    ]),
  );
});

it.each(['not JSON', 'null', '{}', '[{"file":"a.txt"}]'])(
  'ignores and removes the corrupt entry %j',
  async (entry) => {
    sessionStorage.setItem('assistants-react:files:thread_1', entry);
    const { result } = renderAttachments({}, 'thread_1');

    expect(result.current.items).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  },
);
