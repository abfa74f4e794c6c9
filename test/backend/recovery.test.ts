import { expect, test } from 'vitest';
import { createBackend } from '../../src/backend/createBackend.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../src/backend/stores/Store.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type { Message, Page, Run, RunStep } from '../../src/protocol/types.js';
import { readUntil, getRunOfEvent, createRunHarness } from './createRunHarness.js';

const MODEL = scriptedModel([
  { when: 'stall', say: ['Well', { stall: true }] },
  { when: 'call', say: { call: 'ask' } },
  { say: 'Hello' },
]);
const TOOLS = { tools: [{ type: 'function', function: { name: 'ask' } }] };

/** Starts a run, stops its process after the event `until`, and opens the same store in a new backend. */
async function restartDuringRun(said: string, until: string, store: Store = memoryStore()) {
  let isDead = false;
  const dying: Store = {
    ...store,
    write: async (changes) => (isDead ? new Promise(() => {}) : store.write(changes)),
  };
  const previous = await createRunHarness({ model: MODEL, store: dying }, TOOLS);
  const thread = await previous.createThread(said);
  const frames = previous.streamRun(thread.id);
  const run = getRunOfEvent(
    (await readUntil(frames, until)).find(({ event }) => event === 'thread.run.created'),
  );
  isDead = true;
  const next = createBackend({ model: MODEL, store, now: () => 1_700_000_100_000 });
  const get = async <T>(path: string): Promise<T> => {
    const response = await next.fetch(
      new Request(`http://localhost/v1/threads/${thread.id}${path}`),
    );
    return (await response.json()) as T;
  };
  const send = (path: string, body: object) =>
    next.fetch(
      new Request(`http://localhost/v1/threads/${thread.id}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    );
  return { next, get, send, run, assistant: previous.assistant };
}

test.each([
  ['was writing a message', 'stall', 'thread.message.delta'],
  ['was queued', 'stall', 'thread.run.queued'],
  ['waited for tool outputs', 'call', 'thread.run.requires_action'],
])('a run that %s fails after a restart, and its thread is unlocked', async (_, said, until) => {
  const { next, get, send, run, assistant } = await restartDuringRun(said, until);
  expect(await get<Run>(`/runs/${run.id}`)).toMatchObject({
    status: 'failed',
    failed_at: 1_700_000_100,
    expires_at: null,
    required_action: null,
    last_error: { code: 'server_error', message: expect.stringContaining('stopped') },
  });
  const steps = await get<Page<RunStep>>(`/runs/${run.id}/steps`);
  expect(steps.data.every(({ status }) => status === 'failed')).toBe(true);
  const messages = await get<Page<Message>>('/messages');
  const written = messages.data.filter(({ role }) => role === 'assistant');
  expect(
    written.every(
      ({ status, incomplete_details: details }) =>
        status === 'incomplete' && details?.reason === 'run_failed',
    ),
  ).toBe(true);

  expect((await send('/messages', { role: 'user', content: 'Hello again' })).status).toBe(200);
  const again = (await (await send('/runs', { assistant_id: assistant.id })).json()) as Run;
  await next.idle();
  expect((await get<Run>(`/runs/${again.id}`)).status).toBe('completed');
});

test('a run that was cancelling is cancelled after a restart', async () => {
  const store = memoryStore();
  const previous = await createRunHarness({ model: MODEL, store }, TOOLS);
  const thread = await previous.createThread('stall');
  const run = await previous.createRun(thread.id);
  await store.write([
    { type: 'put', collection: 'runs', object: { ...run, file_ids: [], status: 'cancelling' } },
  ]);
  const next = createBackend({ store });
  const response = await next.fetch(
    new Request(`http://localhost/v1/threads/${thread.id}/runs/${run.id}`),
  );
  expect(await response.json()).toMatchObject({ status: 'cancelled' });
});

test('more runs than fit on a page are settled after a restart', async () => {
  const store = memoryStore();
  const previous = await createRunHarness({ model: MODEL, store });
  const runs: Run[] = [];
  for (let index = 0; index < 230; index++)
    runs.push(await previous.createRun((await previous.createThread('stall')).id));
  const next = createBackend({ store });
  await next.fetch(new Request('http://localhost/v1/assistants'));
  const stored = await Promise.all(runs.map(({ id }) => store.get('runs', id)));
  expect(new Set(stored.map((run) => run?.status))).toEqual(new Set(['failed']));
});

test('runs of the same process are not settled by requests', async () => {
  const api = await createRunHarness({ model: MODEL });
  const frames = api.streamRun((await api.createThread('stall')).id);
  const run = getRunOfEvent((await readUntil(frames, 'thread.message.delta'))[0]);
  expect((await api.getRun(run)).status).toBe('in_progress');
  await api.cancelRun(run);
  await api.backend.idle();
});

test('recovery is repeated with the next request if the store cannot be read', async () => {
  const store = memoryStore();
  const previous = await createRunHarness({ model: MODEL, store });
  const run = await previous.createRun((await previous.createThread('stall')).id);
  let isFailing = true;
  const errors: unknown[] = [];
  const unreliable: Store = {
    ...store,
    list: (collection, query) =>
      isFailing
        ? Promise.reject(new Error('The disk is not available.'))
        : store.list(collection, query),
  };
  const next = createBackend({
    store: unreliable,
    onError: (error) => {
      errors.push(error);
    },
  });
  const request = () => next.fetch(new Request(`http://localhost/v1/threads/${run.thread_id}`));
  expect((await request()).status).toBe(200);
  expect(errors).toHaveLength(1);
  isFailing = false;
  await request();
  expect((await store.get('runs', run.id))?.status).toBe('failed');
});

test('the poll hint of an active run grows, and is omitted after its end', async () => {
  const api = await createRunHarness({ model: MODEL });
  const frames = api.streamRun((await api.createThread('stall')).id);
  const run = getRunOfEvent((await readUntil(frames, 'thread.message.delta'))[0]);
  const readHint = async () => {
    const response = await api.send('GET', `/threads/${run.thread_id}/runs/${run.id}`);
    return response.headers.get('openai-poll-after-ms');
  };
  expect(await readHint()).toBe('250');
  api.advanceTime(8);
  expect(await readHint()).toBe('2000');
  api.advanceTime(300);
  expect(await readHint()).toBe('5000');
  await api.cancelRun(run);
  await api.backend.idle();
  expect(await readHint()).toBeNull();
});
