import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { createTestBackend } from '../createTestBackend.js';
import { answerWith, CALL, OUTPUT, WEATHER } from '../runFixtures.js';

const as = (user: string) => ({ 'x-user': user });

async function start(concurrentRuns = 2) {
  const store = memoryStore();
  const server = createTestBackend({
    ...answerWith([CALL]),
    store,
    user: (request) => request.headers.get('x-user'),
    limits: { concurrentRuns },
  });
  const createAssistant = (user: string) =>
    server.create('/v1/assistants', { model: 'm', tools: [WEATHER] }, as(user));
  const assistants = { alice: await createAssistant('alice'), bob: await createAssistant('bob') };
  const createRun = (user: keyof typeof assistants) =>
    server.send('POST', '/v1/threads/runs', { assistant_id: assistants[user] }, as(user));
  return { ...server, store, assistants, createRun };
}

it('limits the active runs of each user', async () => {
  const { backend, createRun, store, assistants, send, create } = await start();
  const runs = [await createRun('alice'), await createRun('alice')];
  expect(runs.map(({ status }) => status)).toEqual([200, 200]);
  const rejected = await createRun('alice');
  expect([rejected.status, rejected.body.error?.code, rejected.headers.get('retry-after')]).toEqual(
    [429, 'too_many_runs', '5'],
  );
  const thread = await create('/v1/threads', {}, as('alice'));
  const body = { assistant_id: assistants.alice };
  const inThread = await send('POST', `/v1/threads/${thread}/runs`, body, as('alice'));
  expect(inThread.status).toBe(429);
  expect((await createRun('bob')).status).toBe(200);
  await backend.idle();

  const [first, second] = runs.map(({ body: run }) => `/v1/threads/${String(run['thread_id'])}`);
  await send(
    'POST',
    `${first}/runs/${runs[0]?.body.id}/submit_tool_outputs`,
    { tool_outputs: [OUTPUT] },
    as('alice'),
  );
  await backend.idle();
  expect((await createRun('alice')).status).toBe(200);
  expect((await createRun('alice')).status).toBe(429);
  expect((await send('DELETE', second ?? '', undefined, as('alice'))).status).toBe(200);
  expect((await createRun('alice')).status).toBe(200);
  await backend.idle();
  expect([await store.count('activeRuns', 'alice'), await store.count('activeRuns')]).toEqual([
    2, 3,
  ]);
});

it('does not exceed the limit with concurrent requests, and counts a repeated one once', async () => {
  const { send, createRun, assistants, backend } = await start(3);
  const runs = await Promise.all(Array.from({ length: 8 }, () => createRun('alice')));
  expect(runs.filter(({ status }) => status === 200)).toHaveLength(3);
  const repeat = () =>
    send(
      'POST',
      '/v1/threads/runs',
      { assistant_id: assistants.bob },
      { ...as('bob'), 'idempotency-key': 'key-1' },
    );
  const ids = [await repeat(), await repeat(), await repeat(), await repeat()].map(
    ({ body }) => body.id,
  );
  expect(new Set(ids).size).toBe(1);
  expect((await createRun('bob')).status).toBe(200);
  await backend.idle();
});

it.each([
  [{ concurrentRuns: 1 }, undefined, 'Set `user`, too'],
  [{ concurrentRuns: 0 }, () => 'alice', 'an integer of at least 1'],
  [{ concurrentRuns: 1.5 }, () => 'alice', 'an integer of at least 1'],
])('rejects the limits %j', (limits, user, message) => {
  expect(() => createTestBackend({ limits, ...(user && { user }) })).toThrow(message);
});
