import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { endlessModel, createRequest, createTestBackend } from '../createTestBackend.js';

const withSignal = (request: Request, controller: AbortController) =>
  new Request(request, { signal: controller.signal });

it('rejects an aborted request without executing it', async () => {
  const { backend, send } = createTestBackend();
  const controller = new AbortController();
  controller.abort();
  const request = withSignal(createRequest('POST', '/v1/assistants', { model: 'm' }), controller);
  await expect(backend.fetch(request)).rejects.toMatchObject({ name: 'AbortError' });
  expect((await send('GET', '/v1/assistants')).body.data).toEqual([]);
});

it('rejects while the store is still reading', async () => {
  const controller = new AbortController();
  const stalled = { ...memoryStore(), list: () => new Promise<null>(() => {}) };
  const { backend } = createTestBackend({ store: stalled });
  const response = backend.fetch(withSignal(createRequest('GET', '/v1/assistants'), controller));
  controller.abort(new Error('gone'));
  await expect(response).rejects.toThrow('gone');
});

it('ends the stream but not the run when the client disconnects', async () => {
  const { backend, send, create } = createTestBackend({ model: endlessModel });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const thread = await create('/v1/threads');
  const controller = new AbortController();
  const request = createRequest('POST', `/v1/threads/${thread}/runs`, {
    assistant_id: assistant,
    stream: true,
  });
  const response = await backend.fetch(withSignal(request, controller));
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  controller.abort();
  const readToEnd = async () => {
    while ((await reader?.read())?.done === false);
  };
  await expect(readToEnd()).rejects.toMatchObject({ name: 'AbortError' });
  const runs = await send('GET', `/v1/threads/${thread}/runs`);
  expect(runs.body.data?.map(({ status }) => status)).toEqual(['in_progress']);
});

it('removes its listeners from a signal that outlives the requests', async () => {
  const { backend } = createTestBackend();
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const request = createRequest('GET', '/v1/assistants');
  Object.defineProperty(request, 'signal', { value: signal });
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...args);
  };
  for (let count = 0; count < 5; count++) await backend.fetch(request);
  expect(listeners).toBe(0);
});
