import { act, renderHook, waitFor } from '@testing-library/react';
import { useAttachments } from 'assistants-react';
import { expect, it } from 'vitest';
import { createHookWorld } from './renderWithBackend.js';

const fast = { interval: 5 };
const textFile = (name: string) => new File(['text'], name, { type: 'text/plain' });
const image = (name: string) => new File(['pixels'], name, { type: 'image/png' });

function open(options: Parameters<typeof createHookWorld>[0] = {}) {
  const world = createHookWorld(options);
  const hook = renderHook(() => useAttachments(), { wrapper: world.wrapper });
  const statuses = () => hook.result.current.items.map(({ status }) => status);
  const add = async (...files: File[]) => {
    act(() => hook.result.current.add(files));
    await waitFor(() => expect(hook.result.current.isUploading).toBe(false), fast);
  };
  return {
    ...world,
    ...hook,
    statuses,
    add,
    ids: () => hook.result.current.items.map(({ fileId }) => fileId),
  };
}

it('shows a file from the moment it is chosen, and says when it is there', async () => {
  const { result } = open();

  act(() => result.current.add([textFile('report.txt')]));
  expect(result.current.items).toMatchObject([
    { file: { name: 'report.txt' }, status: 'uploading', progress: 0 },
  ]);
  expect(result.current.isUploading).toBe(true);
  await waitFor(
    () => expect(result.current.items).toMatchObject([{ status: 'ready', progress: 1 }]),
    fast,
  );

  expect(result.current.items[0]?.fileId).toMatch(/^file-/);
});

it('makes a message of images, files and a text', async () => {
  const { result, add, ids } = open();
  await add(textFile('report.txt'), image('plan.png'));
  const [report, plan] = ids();

  expect(result.current.toMessage('Look')).toEqual({
    content: [
      { type: 'text', text: 'Look' },
      { type: 'image_file', image_file: { file_id: plan } },
    ],
    attachments: [{ file_id: report, tools: [{ type: 'file_search' }] }],
  });
});

it('has the names of the files say something where nothing is written', async () => {
  const { result, add, ids } = open();
  await add(textFile('a.txt'), textFile('b.txt'));

  expect(result.current.toMessage('')).toMatchObject({
    content: 'a.txt, b.txt',
    attachments: ids().map((file_id) => ({ file_id })),
  });
});

it('names files by their ids alone on servers of version 1', async () => {
  const { result, add, ids } = open({ client: { apiVersion: 'v1' } });
  await add(textFile('report.txt'));

  expect(result.current.toMessage('Read')).toEqual({ content: 'Read', file_ids: ids() });
});

it('keeps a file that could not be uploaded, and uploads it when it is asked to', async () => {
  const { result, add, statuses, guard } = open();
  guard(async ({ method }) =>
    method === 'POST' ? new Response('{}', { status: 400 }) : undefined,
  );
  await add(textFile('report.txt'));
  expect(result.current.items).toMatchObject([
    { status: 'failed', error: { kind: 'http', status: 400 } },
  ]);
  guard(async () => undefined);

  act(() => result.current.retry(result.current.items[0]?.key ?? ''));
  await waitFor(() => expect(statuses()).toEqual(['ready']), fast);

  expect(result.current.items[0]?.error).toBeUndefined();
});

it('stops the upload of a file that is taken out, and of all when it is unmounted', async () => {
  const { result, unmount, guard } = open();
  const aborted: string[] = [];
  guard(
    ({ signal, method }) =>
      new Promise(() => signal.addEventListener('abort', () => aborted.push(method))),
  );
  act(() => result.current.add([textFile('a.txt'), textFile('b.txt')]));
  await waitFor(() => expect(result.current.items).toHaveLength(2), fast);

  act(() => result.current.remove(result.current.items[0]?.key ?? ''));
  await waitFor(
    () => expect(result.current.items).toMatchObject([{ file: { name: 'b.txt' } }]),
    fast,
  );
  await waitFor(() => expect(aborted).toEqual(['POST']), fast);
  unmount();

  await waitFor(() => expect(aborted).toEqual(['POST', 'POST']), fast);
});

it('forgets all after they were sent', async () => {
  const { result, add } = open();
  await add(textFile('a.txt'));

  act(() => result.current.clear());

  await waitFor(() => expect(result.current.items).toEqual([]), fast);
});
