import { expect, it, vi } from 'vitest';
import type { Model } from '../../src/backend/models/Model.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { createDeferred } from '../createDeferred.js';
import { endlessModel, createRequest, createTestBackend } from './createTestBackend.js';

/** Sends one word and then nothing. Ignores its abort signal. */
const hangingModel: Model = {
  async *respond() {
    yield { type: 'text', text: 'Hm' };
    await new Promise(() => {});
  },
};

async function startRun(model: Model) {
  const test = createTestBackend({ model });
  const assistant = await test.create('/v1/assistants', { model: 'm' });
  const body = {
    assistant_id: assistant,
    stream: true,
    thread: { messages: [{ role: 'user', content: 'Hi' }] },
  };
  const stream = await test.backend.fetch(createRequest('POST', '/v1/threads/runs', body));
  return { ...test, body, stream };
}

it.each([
  ['observes its abort signal', endlessModel],
  ['ignores its abort signal', hangingModel],
])('fails a run at the deadline and ends its stream if the model %s', async (_, model) => {
  const { backend, stream, send } = await startRun(model);
  const reading = stream.text();
  await backend.drain({ deadlineMs: 10 });
  const events = await reading;
  expect(events).toContain('event: thread.run.failed');
  expect(events).toMatch(/event: done\nid: \d+\ndata: \[DONE\]\n\n$/);
  const thread = /"id":"(thread_\d+)"/.exec(events)?.[1];
  const runs = await send('GET', `/v1/threads/${thread}/runs`);
  expect(runs.body.data?.[0]).toMatchObject({
    status: 'failed',
    last_error: {
      code: 'server_error',
      message: 'The server was stopped while the answer was being written.',
    },
  });
  const messages = await send('GET', `/v1/threads/${thread}/messages`);
  expect(messages.body.data?.[0]).toMatchObject({
    status: 'incomplete',
    content: [{ text: { value: 'Hm' } }],
  });
});

it('waits for a run that ends before the deadline', async () => {
  const finish = createDeferred();
  const { backend, stream } = await startRun({
    async *respond() {
      yield { type: 'text', text: 'One' };
      await finish.promise;
      yield { type: 'finish', reason: 'stop' };
    },
  });
  const reading = stream.text();
  const drained = backend.drain({ deadlineMs: 60_000 });
  finish.resolve();
  await drained;
  expect(await reading).toContain('event: thread.run.completed');
});

it('rejects new runs while it drains, and handles all other requests', async () => {
  const { backend, send, body, stream } = await startRun(endlessModel);
  const reading = stream.text();
  const drained = backend.drain({ deadlineMs: 50 });
  const rejected = await send('POST', '/v1/threads/runs', body);
  expect(rejected.status).toBe(503);
  expect(rejected.body.error).toMatchObject({ type: 'server_error', code: 'server_shutting_down' });
  expect(rejected.headers.get('retry-after')).toBe('5');
  expect((await send('POST', '/v1/threads', {})).status).toBe(200);
  await drained;
  await reading;
});

it('closes the store after draining', async () => {
  const close = vi.fn<() => Promise<void>>(async () => {});
  const { backend } = createTestBackend({ store: { ...memoryStore(), close } });
  await backend.close();
  expect(close).toHaveBeenCalledTimes(1);
});
