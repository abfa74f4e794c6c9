import { expect, it } from 'vitest';
import type { Model } from '../../src/backend/models/model.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { endlessModel, createRequest, createTestBackend } from './createTestBackend.js';

/** Says a word and then nothing, whatever it is told. */
const deafModel: Model = {
  async *respond() {
    yield { type: 'text', text: 'Hm' };
    await new Promise(() => {});
  },
};

async function withRun(model: Model) {
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
  ['heeds its signal', endlessModel],
  ['heeds nothing', deafModel],
])('fails a run at the deadline whose model %s, and ends its stream', async (_, model) => {
  const { backend, stream, send } = await withRun(model);
  const reading = stream.text();
  await backend.drain({ deadlineMs: 10 });
  const events = await reading;
  expect(events).toContain('event: thread.run.failed');
  expect(events).toMatch(/event: done\ndata: \[DONE\]\n\n$/);
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

it('waits for a run that ends in time', async () => {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { backend, stream } = await withRun({
    async *respond() {
      yield { type: 'text', text: 'One' };
      await gate;
      yield { type: 'finish', reason: 'stop' };
    },
  });
  const reading = stream.text();
  const drained = backend.drain({ deadlineMs: 60_000 });
  letGo();
  await drained;
  expect(await reading).toContain('event: thread.run.completed');
});

it('refuses new runs while it drains, and answers everything else', async () => {
  const { backend, send, body, stream } = await withRun(endlessModel);
  const reading = stream.text();
  const drained = backend.drain({ deadlineMs: 50 });
  const refused = await send('POST', '/v1/threads/runs', body);
  expect(refused.status).toBe(503);
  expect(refused.body.error).toMatchObject({ type: 'server_error', code: 'server_shutting_down' });
  expect(refused.headers.get('retry-after')).toBe('5');
  expect((await send('POST', '/v1/threads', {})).status).toBe(200);
  await drained;
  await reading;
});

it('closes the store once it is drained', async () => {
  let closed = 0;
  const { backend } = createTestBackend({
    store: { ...memoryStore(), close: async () => void closed++ },
  });
  await backend.close();
  expect(closed).toBe(1);
});
