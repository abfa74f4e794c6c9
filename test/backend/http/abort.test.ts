import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { endlessModel, requestOf, testBackend } from '../testBackend.js';

const aborted = (request: Request, controller: AbortController) =>
  new Request(request, { signal: controller.signal });

it('rejects at once what was aborted before, and does nothing', async () => {
  const { backend, send } = testBackend();
  const controller = new AbortController();
  controller.abort();
  const request = aborted(requestOf('POST', '/v1/assistants', { model: 'm' }), controller);
  await expect(backend.fetch(request)).rejects.toMatchObject({ name: 'AbortError' });
  expect((await send('GET', '/v1/assistants')).body.data).toEqual([]);
});

it('rejects while the store is still at it', async () => {
  const controller = new AbortController();
  const slow = { ...memoryStore(), list: () => new Promise<null>(() => {}) };
  const { backend } = testBackend({ store: slow });
  const answer = backend.fetch(aborted(requestOf('GET', '/v1/assistants'), controller));
  controller.abort(new Error('gone'));
  await expect(answer).rejects.toThrow('gone');
});

it('cuts a stream when its reader is gone, and the run goes on', async () => {
  const { backend, send, create } = testBackend({ model: endlessModel });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const thread = await create('/v1/threads');
  const controller = new AbortController();
  const request = requestOf('POST', `/v1/threads/${thread}/runs`, {
    assistant_id: assistant,
    stream: true,
  });
  const response = await backend.fetch(aborted(request, controller));
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  controller.abort();
  const drain = async () => {
    while ((await reader?.read())?.done === false);
  };
  await expect(drain()).rejects.toMatchObject({ name: 'AbortError' });
  const runs = await send('GET', `/v1/threads/${thread}/runs`);
  expect(runs.body.data?.map(({ status }) => status)).toEqual(['in_progress']);
});

it('leaves no listener behind on a signal that outlives many requests', async () => {
  const { backend } = testBackend();
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const request = requestOf('GET', '/v1/assistants');
  Object.defineProperty(request, 'signal', { value: signal });
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--;
    remove(...args);
  };
  for (let count = 0; count < 5; count++) await backend.fetch(request);
  expect(listeners).toBe(0);
});
