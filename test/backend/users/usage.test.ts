import { expect, it, vi } from 'vitest';
import type { RunUsage } from '../../../src/backend/engine/RunUsage.js';
import type { Model } from '../../../src/backend/models/Model.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { createTestBackend } from '../createTestBackend.js';

const as = (user: string) => ({ 'x-user': user });

/** Reports 15 tokens, or none as the model `silent`. Fails as the model `broken`. */
const countingModel: Model = {
  async *respond({ run }) {
    yield { type: 'text', text: 'Hello' };
    if (run.model !== 'silent') yield { type: 'usage', promptTokens: 10, completionTokens: 5 };
    if (run.model === 'broken') throw new Error('Out of order.');
    yield { type: 'finish', reason: 'stop' };
  },
};

const SUMS = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

const createDay = (date: string) => ({
  id: date,
  object: 'usage',
  created_at: Date.parse(date) / 1000,
  date,
});

function createServer(options: Parameters<typeof createTestBackend>[0] = {}) {
  return createTestBackend({
    model: countingModel,
    user: (request) => request.headers.get('x-user'),
    ...options,
  });
}

it('counts the tokens of each user by day', async () => {
  const { backend, send, create, advanceTime } = createServer();
  const start = async (user: string, model = 'm') => {
    const assistant_id = await create('/v1/assistants', { model }, as(user));
    await create('/v1/threads/runs', { assistant_id }, as(user));
    await backend.idle();
  };
  await start('alice');
  await start('alice', 'broken');
  await start('alice', 'silent');
  await start('bob');
  advanceTime(86_400_000);
  await start('alice');
  const alice = await send('GET', '/v1/usage', undefined, as('alice'));
  expect(alice.body).toEqual({
    object: 'list',
    data: [
      { ...createDay('2023-11-15'), runs: 1, ...SUMS },
      {
        ...createDay('2023-11-14'),
        runs: 2,
        prompt_tokens: 20,
        completion_tokens: 10,
        total_tokens: 30,
      },
    ],
    first_id: '2023-11-15',
    last_id: '2023-11-14',
    has_more: false,
  });
  const newest = await send('GET', '/v1/usage?limit=1', undefined, as('alice'));
  expect([newest.body.data?.length, newest.body['has_more']]).toEqual([1, true]);
  const bob = await send('GET', '/v1/usage', undefined, as('bob'));
  expect(bob.body.data).toEqual([{ ...createDay('2023-11-14'), runs: 1, ...SUMS }]);
  expect((await send('GET', '/v1/usage', undefined, as('carol'))).body.data).toEqual([]);
  expect((await send('GET', '/v1/usage')).status).toBe(401);
  const older = await send('GET', '/v1/usage?after=2023-11-15', undefined, as('alice'));
  expect(older.body.data).toMatchObject([{ id: '2023-11-14', runs: 2 }]);
  for (const cursor of ['2023-11-15', '2023-11-14 alice', 'nothing', '%00']) {
    const other = await send('GET', `/v1/usage?after=${cursor}`, undefined, as('bob'));
    expect(other.status).toBe(400);
  }
  expect((await send('GET', '/v1/usage?limit=367', undefined, as('bob'))).status).toBe(400);
});

it('counts runs of one user that end at the same time', async () => {
  const { backend, send, create } = createServer();
  const assistant_id = await create('/v1/assistants', { model: 'm' }, as('alice'));
  const runs = Array.from({ length: 20 }, () =>
    create('/v1/threads/runs', { assistant_id }, as('alice')),
  );
  await Promise.all(runs);
  await backend.idle();
  const { body } = await send('GET', '/v1/usage', undefined, as('alice'));
  expect(body.data).toMatchObject([{ runs: 20, total_tokens: 300 }]);
});

it('counts without users, too', async () => {
  const { backend, send, create } = createTestBackend({ model: countingModel });
  const assistant_id = await create('/v1/assistants', { model: 'm' });
  await create('/v1/threads/runs', { assistant_id });
  await backend.idle();
  const { body } = await send('GET', '/v1/usage');
  expect(body.data).toEqual([{ ...createDay('2023-11-14'), runs: 1, ...SUMS }]);
});

it.each<[string, () => void | Promise<void>]>([
  [
    'throws',
    () => {
      throw new Error('No connection.');
    },
  ],
  ['rejects', () => Promise.reject(new Error('No connection.'))],
])('reports the tokens of each run once, and survives a listener that %s', async (_, fail) => {
  const onError = vi.fn<() => void>();
  const onUsage = vi.fn<(usage: RunUsage) => void | Promise<void>>(fail);
  const { backend, send, create } = createServer({ onUsage, onError });
  const assistant_id = await create('/v1/assistants', { model: 'm' }, as('alice'));
  const runId = await create('/v1/threads/runs', { assistant_id }, as('alice'));
  await backend.idle();
  const [[reported]] = onUsage.mock.calls as [[RunUsage]];
  expect(onUsage).toHaveBeenCalledOnce();
  expect(reported).toEqual({
    userId: 'alice',
    threadId: expect.stringMatching(/^thread_/),
    runId,
    assistantId: assistant_id,
    model: 'm',
    usage: SUMS,
  });
  await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
  const path = `/v1/threads/${reported.threadId}/runs/${runId}`;
  const run = await send('GET', path, undefined, as('alice'));
  expect(run.body['status']).toBe('completed');
});

it('does not count a run whose thread was deleted meanwhile', async () => {
  const store = memoryStore();
  const onUsage = vi.fn<() => void>();
  const model: Model = {
    async *respond(request) {
      // Another process removes the thread first, and its runs later.
      await store.write([{ type: 'remove', collection: 'threads', id: request.run.thread_id }]);
      yield* countingModel.respond(request);
    },
  };
  const { backend, create } = createServer({ store, model, onUsage });
  const assistant_id = await create('/v1/assistants', { model: 'm' }, as('alice'));
  const runId = await create('/v1/threads/runs', { assistant_id }, as('alice'));
  await backend.idle();
  expect(await store.get('runs', runId)).toMatchObject({ status: 'completed', usage: SUMS });
  expect(onUsage).not.toHaveBeenCalled();
  const { body } = await createTestBackend({ store }).send('GET', '/v1/usage');
  expect(body.data).toEqual([]);
});
