import { afterEach, describe, expect, test, vi } from 'vitest';
import { createBackend } from '../../src/backend/createBackend.js';
import type { Model } from '../../src/backend/models/Model.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../src/backend/stores/Store.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type { Message, Page, Run, RunStep } from '../../src/protocol/types.js';
import {
  collect,
  createRunHarness,
  getRunOfEvent,
  getText,
  readUntil,
} from './createRunHarness.js';
import { createDeferred } from '../createDeferred.js';

const MODEL = scriptedModel([
  { when: 'stall', say: ['Well', { stall: true }] },
  { when: 'call', say: [{ call: 'ask' }, 'I will ask.'], after: 'Hello' },
  { say: 'Hello' },
]);
afterEach(() => {
  vi.useRealTimers();
});

const TOOLS = { tools: [{ type: 'function', function: { name: 'ask' } }] };

interface RestartOptions {
  store?: Store;
  /** Clock of the process that is stopped. */
  previousNow?: () => number;
  /** Clock of the new process. */
  now?: () => number;
}

/** Starts a run, stops its process after the event `until`, and opens the same store in a new backend. */
async function restartDuringRun(
  said: string,
  until: string,
  { store = memoryStore(), previousNow, now = () => 1_700_000_100_000 }: RestartOptions = {},
) {
  let isDead = false;
  const dying: Store = {
    ...store,
    write: async (changes) => (isDead ? new Promise(() => {}) : store.write(changes)),
  };
  const previous = await createRunHarness(
    { model: MODEL, store: dying, ...(previousNow && { now: previousNow }) },
    TOOLS,
  );
  const thread = await previous.createThread(said);
  const frames = previous.streamRun(thread.id);
  const run = getRunOfEvent(
    (await readUntil(frames, until)).find(({ event }) => event === 'thread.run.created'),
  );
  isDead = true;
  const next = createBackend({ model: MODEL, store, now });
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

/** Returns the usage of a run with a function call that no restart interrupts. */
async function getUsageOfCallRun(): Promise<Run['usage']> {
  const api = await createRunHarness({ model: MODEL }, TOOLS);
  const run = await api.createRun((await api.createThread('call')).id);
  await api.backend.idle();
  const waiting = await api.getRun(run);
  const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
  await api.submitToolOutputs(run, {
    tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'An answer' })),
  });
  await api.backend.idle();
  return (await api.getRun(run)).usage;
}

test('a run that waits for tool outputs is answered after a restart', async () => {
  const { next, get, send, run } = await restartDuringRun('call', 'thread.run.requires_action');
  const waiting = await get<Run>(`/runs/${run.id}`);
  expect(waiting.status).toBe('requires_action');
  expect((await send('/messages', { role: 'user', content: 'Not yet' })).status).toBe(400);

  const calls = waiting.required_action?.submit_tool_outputs.tool_calls ?? [];
  const answer = await send(`/runs/${run.id}/submit_tool_outputs`, {
    tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'An answer' })),
  });
  expect(answer.status).toBe(200);
  await next.idle();

  expect(await get<Run>(`/runs/${run.id}`)).toMatchObject({
    status: 'completed',
    // The same as without a restart.
    usage: await getUsageOfCallRun(),
  });
  const steps = (await get<Page<RunStep>>(`/runs/${run.id}/steps?order=asc`)).data;
  expect(steps.map(({ type, status }) => [type, status])).toEqual([
    ['tool_calls', 'completed'],
    ['message_creation', 'completed'],
    ['message_creation', 'completed'],
  ]);
  const texts = (await get<Page<Message>>('/messages?order=asc')).data.map(getText);
  // The model had said the first text after its call, before the restart.
  expect(texts).toEqual(['call', 'I will ask.', 'Hello']);
});

test('a stream of a waiting run continues its numbers after a restart', async () => {
  const { next, get, send, run } = await restartDuringRun('call', 'thread.run.requires_action');
  const calls =
    (await get<Run>(`/runs/${run.id}`)).required_action?.submit_tool_outputs.tool_calls ?? [];
  const rejoin = async (after: number) =>
    next.fetch(
      new Request(
        `http://localhost/v1/threads/${run.thread_id}/runs/${run.id}?stream=true&starting_after=${after}`,
      ),
    );
  const answer = await send(`/runs/${run.id}/submit_tool_outputs`, {
    tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'x' })),
    stream: true,
  });
  const ids = [...(await answer.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  const [first = 0] = ids;

  expect(first).toBeGreaterThan(4);
  expect((await rejoin(0)).status).toBe(410);
  expect((await rejoin(first - 2)).status).toBe(410);
  expect(await (await rejoin(first)).text()).toContain(`id: ${first + 1}\n`);
});

test('a waiting run expires after a restart', async () => {
  let nowMs = 1_700_000_100_000;
  const { get, run } = await restartDuringRun('call', 'thread.run.requires_action', {
    now: () => nowMs,
  });
  expect((await get<Run>(`/runs/${run.id}`)).status).toBe('requires_action');
  nowMs += 600_000;
  expect((await get<Run>(`/runs/${run.id}`)).status).toBe('expired');
});

test('a run of a living process is not settled by another one', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  const store = memoryStore();
  const first = await createRunHarness({ model: MODEL, store, now: Date.now });
  const frames = first.streamRun((await first.createThread('stall')).id);
  const run = getRunOfEvent((await readUntil(frames, 'thread.message.delta'))[0]);
  const second = createBackend({ model: MODEL, store, now: Date.now });
  const getStatus = async () => {
    const path = `/threads/${run.thread_id}/runs/${run.id}`;
    const response = await second.fetch(new Request(`http://localhost/v1${path}`));
    return ((await response.json()) as Run).status;
  };

  expect(await getStatus()).toBe('in_progress');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await getStatus()).toBe('in_progress');

  await first.cancelRun(run);
  await first.backend.idle();
  expect(await getStatus()).toBe('cancelled');
  expect((await store.list('leases', { order: 'asc', limit: 1 }))?.data).toEqual([]);
});

test('a run fails within 20 seconds after its process has died', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  const store = memoryStore();
  const { next, run } = await restartDuringRun('stall', 'thread.message.delta', {
    store,
    previousNow: Date.now,
    now: Date.now,
  });
  await next.fetch(new Request('http://localhost/v1/assistants'));
  expect((await store.get('runs', run.id))?.status).toBe('in_progress');

  // No request reads the run meanwhile.
  await vi.advanceTimersByTimeAsync(20_000);
  expect((await store.get('runs', run.id))?.status).toBe('failed');
});

test('a process that did not renew its lease in time stops its run', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  const memory = memoryStore();
  let isHanging = false;
  const store: Store = {
    ...memory,
    write: async (changes) => {
      if (isHanging) throw new Error('The store cannot be reached.');
      await memory.write(changes);
    },
  };
  const first = await createRunHarness({ model: MODEL, store, now: Date.now });
  const frames = first.streamRun((await first.createThread('stall')).id);
  const run = getRunOfEvent((await readUntil(frames, 'thread.message.delta'))[0]);
  isHanging = true;
  const second = createBackend({ model: MODEL, store: memory, now: Date.now });
  await second.fetch(new Request('http://localhost/v1/assistants'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect((await memory.get('runs', run.id))?.status).toBe('failed');

  isHanging = false;
  await vi.advanceTimersByTimeAsync(10_000);
  await first.backend.idle();
  expect((await memory.get('runs', run.id))?.status).toBe('failed');
  // Without the end of the run, so that the client polls.
  expect(await collect(frames)).toEqual([]);
});

describe('a run that two processes continue in turn', () => {
  /** Calls a function twice, and then answers. */
  const asking: Model = {
    async *respond({ turns }) {
      yield { type: 'usage', promptTokens: 10, completionTokens: 1 };
      if (turns.length < 2) yield { type: 'toolCall', name: 'ask' };
      else yield { type: 'text', text: `After ${turns.length} answers` };
    },
  };

  type Harness = Awaited<ReturnType<typeof createRunHarness>>;

  /** Starts a run in the first process, and submits its first outputs to the second one. */
  async function continueElsewhere() {
    const store = memoryStore();
    const first = await createRunHarness({ model: asking, store }, TOOLS);
    const second = await createRunHarness({ model: asking, store }, TOOLS);
    const run = await first.createRun((await first.createThread('Hello')).id);
    await first.backend.idle();
    return { first, second, run, sent: await submit(second, run) };
  }

  /** Submits the outputs that a run waits for. Returns the ids of the events that follow. */
  async function submit(api: Harness, run: Run): Promise<number[]> {
    const calls = (await api.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    const response = await api.submitToolOutputs(run, {
      tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'x' })),
      stream: true,
    });
    return [...(await response.text()).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  }

  test('keeps its usage, its turns and the numbers of its events', async () => {
    const { first, run, sent } = await continueElsewhere();
    const rest = await submit(first, run);
    await first.backend.idle();

    expect(await first.getRun(run)).toMatchObject({
      status: 'completed',
      usage: { prompt_tokens: 30, completion_tokens: 3 },
    });
    expect((await first.messages(run.thread_id)).map(getText)).toEqual([
      'Hello',
      'After 2 answers',
    ]);
    expect(Math.min(...rest)).toBe(Math.max(...sent) + 1);
  });

  test('is polled by a client that joins its stream in the other process', async () => {
    const { first, second, run, sent } = await continueElsewhere();
    await submit(second, run);
    await second.backend.idle();
    const path = `/threads/${run.thread_id}/runs/${run.id}?stream=true&starting_after=`;

    const [last = 0] = sent;
    expect((await first.send('GET', `${path}${last - 1}`)).status).toBe(410);
    expect((await first.getRun(run)).status).toBe('completed');
  });
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

test('reports no error of a recovery whose backend was closed meanwhile', async () => {
  const started = createDeferred();
  const closed = createDeferred();
  const onError = vi.fn<(error: unknown) => void>();
  const store: Store = {
    ...memoryStore(),
    async list() {
      started.resolve();
      await closed.promise;
      throw new Error('The store is closed.');
    },
  };
  const backend = createBackend({ model: MODEL, store, onError });
  const response = backend.fetch(new Request('http://localhost/v1/threads/thread_a'));
  await started.promise;
  await backend.close({ deadlineMs: 0 });
  closed.resolve();
  expect((await response).ok).toBe(false);
  expect(onError).not.toHaveBeenCalled();
});
