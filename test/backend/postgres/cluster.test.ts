import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { BackendOptions } from '../../../src/backend/BackendOptions.js';
import { type Backend, createBackend } from '../../../src/backend/createBackend.js';
import type { Model, ModelEvent } from '../../../src/backend/models/Model.js';
import { postgresStore } from '../../../src/backend/stores/postgres/postgresStore.js';
import type { SharedQuotas } from '../../../src/backend/stores/Store.js';
import { readEvents } from '../../../src/common/readEvents.js';
import type { Message, Page, Run, Thread } from '../../../src/protocol/types.js';
import { createDeferred } from '../../createDeferred.js';
import { collect, type Frame, getText, readUntil } from '../createRunHarness.js';
import { type PostgresServer, startPostgres } from './startPostgres.js';

let server: PostgresServer;
let sql: postgres.Sql;
let schemaCount = 0;
const backends: Backend[] = [];

beforeAll(async () => {
  server = await startPostgres();
  sql = postgres(server.url, { max: 30, onnotice: () => undefined });
});
afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close({ deadlineMs: 0 });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await server.stop();
});

/** Model that writes what the test sends it. */
function createManualModel() {
  const queue: ModelEvent[] = [];
  let wake = createDeferred();
  let isStopped = false;
  const model: Model = {
    async *respond({ signal }) {
      signal.addEventListener('abort', () => {
        isStopped = true;
        wake.resolve();
      });
      while (!isStopped) {
        const event = queue.shift();
        if (event === undefined) {
          await wake.promise;
          continue;
        }
        yield event;
        if (event.type === 'finish') return;
      }
    },
  };
  return {
    model,
    send: (...events: ModelEvent[]) => {
      queue.push(...events);
      wake.resolve();
      wake = createDeferred();
    },
    isStopped: () => isStopped,
  };
}

/** Backends of two processes that share a store. */
async function createCluster(model: Model) {
  schemaCount += 1;
  const schema = `cluster_${schemaCount}`;
  const processes = [0, 1].map(() => {
    const backend = createBackend({
      model,
      store: postgresStore({ sql, schema }),
      onError: (error) => {
        throw error;
      },
    });
    backends.push(backend);
    const send = (
      method: string,
      path: string,
      body?: object,
      headers: Record<string, string> = {},
    ) =>
      backend.fetch(
        new Request(`http://localhost/v1${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    return {
      backend,
      send,
      async json<T>(method: string, path: string, body?: object): Promise<T> {
        const response = await send(method, path, body);
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
        return JSON.parse(text) as T;
      },
      async *frames(method: string, path: string, body?: object): AsyncGenerator<Frame, void> {
        const response = await send(method, path, body);
        if (!response.ok || response.body === null) throw new Error(await response.text());
        for await (const { event, data, id } of readEvents(response.body))
          yield { event, data: data === '[DONE]' ? data : JSON.parse(data), id: Number(id) };
      },
    };
  });
  const [first, second] = processes;
  if (first === undefined || second === undefined) throw new Error('There are two processes.');
  const { id: assistant_id } = await first.json<{ id: string }>('POST', '/assistants', {
    model: 'm',
    tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
  });
  const thread = await first.json<Thread>('POST', '/threads', {
    messages: [{ role: 'user', content: 'Hi' }],
  });
  const getRun = (process: typeof first, run: Run) =>
    process.json<Run>('GET', `/threads/${thread.id}/runs/${run.id}`);
  const listMessages = async (process: typeof first) =>
    (await process.json<Page<Message>>('GET', `/threads/${thread.id}/messages?order=asc`)).data;
  return { schema, first, second, assistant_id, thread, getRun, listMessages };
}

function joinText(frames: readonly Frame[]): string {
  return frames
    .filter(({ event }) => event === 'thread.message.delta')
    .map(({ data }) => {
      // Deltas of these tests have one part of text.
      const { delta } = data as { delta: { content: [{ text: { value: string } }] } };
      return delta.content[0].text.value;
    })
    .join('');
}

it('shows an answer that another process writes, from any event on', async () => {
  const { model, send } = createManualModel();
  const { first, second, thread, assistant_id } = await createCluster(model);
  const path = `/threads/${thread.id}/runs`;
  const writer = first.frames('POST', path, { assistant_id, stream: true });
  send({ type: 'text', text: 'One ' }, { type: 'text', text: 'two ' });
  const start = await readUntil(writer, 'thread.message.delta');
  const run = start[0]?.data as Run;

  const reader = second.frames('GET', `${path}/${run.id}?stream=true&starting_after=0`);
  const joined = await readUntil(reader, 'thread.message.delta');
  send({ type: 'text', text: 'three' }, { type: 'finish', reason: 'stop' });
  const [written, read] = await Promise.all([collect(writer), collect(reader)]);
  expect(joinText([...start, ...written])).toBe('One two three');
  expect(joinText([...joined, ...read])).toBe('One two three');
  expect(read.slice(-2).map(({ event }) => event)).toEqual(['thread.run.completed', 'done']);

  const position = start.at(-1)?.id ?? 0;
  const rest = await collect(
    second.frames('GET', `${path}/${run.id}?stream=true&starting_after=${position}`),
  );
  expect(`${joinText(start)}${joinText(rest)}`).toBe('One two three');
  expect(rest.at(-1)?.id).toBe(written.at(-1)?.id);
});

it('continues a run that waits for tool outputs in another process', async () => {
  const { model, send } = createManualModel();
  const { first, second, thread, assistant_id, getRun, listMessages } = await createCluster(model);
  const path = `/threads/${thread.id}/runs`;
  send({ type: 'toolCall', id: 'call_1', name: 'f' }, { type: 'finish', reason: 'tool_calls' });
  const frames = await collect(first.frames('POST', path, { assistant_id, stream: true }));
  const run = frames[0]?.data as Run;
  await first.backend.close({ deadlineMs: 0 });

  send({ type: 'text', text: 'Done' }, { type: 'finish', reason: 'stop' });
  const rest = await collect(
    second.frames('POST', `${path}/${run.id}/submit_tool_outputs`, {
      tool_outputs: [{ tool_call_id: 'call_1', output: '1' }],
      stream: true,
    }),
  );
  expect(joinText(rest)).toBe('Done');
  expect(rest[0]?.id).toBe((frames.at(-1)?.id ?? 0) + 1);
  expect((await getRun(second, run)).status).toBe('completed');
  expect((await listMessages(second)).map(getText)).toEqual(['Hi', 'Done']);
});

it('ends the run of a process that has died, and keeps its text', async () => {
  const { model, send } = createManualModel();
  const { schema, first, second, thread, assistant_id, getRun, listMessages } =
    await createCluster(model);
  const path = `/threads/${thread.id}/runs`;
  const writer = first.frames('POST', path, { assistant_id, stream: true });
  send({ type: 'text', text: 'Half an answer' });
  const run = (await readUntil(writer, 'thread.message.delta'))[0]?.data as Run;
  const reader = second.frames('GET', `${path}/${run.id}?stream=true&starting_after=0`);
  await readUntil(reader, 'thread.message.delta');

  // A process that does not exist owns the lease now.
  const lease = JSON.stringify({ id: run.id, owner: 'process_dead', expires_at_ms: 0 });
  await sql.unsafe(`UPDATE ${schema}.leases SET json = $1`, [lease]);
  const events = (await collect(reader)).map(({ event }) => event);
  expect(events).toContain('thread.run.failed');
  expect(await getRun(second, run)).toMatchObject({
    status: 'failed',
    last_error: { code: 'server_error' },
  });
  expect((await listMessages(second)).map(getText)).toEqual(['Hi', 'Half an answer']);
  // The thread is free.
  await second.json('POST', `/threads/${thread.id}/messages`, { role: 'user', content: 'Again' });
});

it('ends a run that it has started and that a dead process has continued', async () => {
  const { model, send } = createManualModel();
  const { schema, first, second, thread, assistant_id } = await createCluster(model);
  await second.backend.close({ deadlineMs: 0 });
  send({ type: 'toolCall', id: 'call_1', name: 'f' }, { type: 'finish', reason: 'tool_calls' });
  const path = `/threads/${thread.id}/runs`;
  await collect(first.frames('POST', path, { assistant_id, stream: true }));
  // Another process has received the tool outputs, and has died.
  await sql.unsafe(
    `UPDATE ${schema}.runs SET status = 'in_progress', json = replace(json, '"requires_action"', '"in_progress"')`,
  );
  await vi.waitFor(
    async () => {
      const rows = await sql.unsafe(`SELECT status FROM ${schema}.runs`);
      expect(rows.map(({ status }) => String(status))).toEqual(['failed']);
    },
    { timeout: 60_000 },
  );
});

it('cancels a run that another process writes, and keeps its text', async () => {
  const { model, send, isStopped } = createManualModel();
  const { first, second, thread, assistant_id, getRun, listMessages } = await createCluster(model);
  const path = `/threads/${thread.id}/runs`;
  const writer = first.frames('POST', path, { assistant_id, stream: true });
  send({ type: 'text', text: 'Stop me' });
  const run = (await readUntil(writer, 'thread.message.delta'))[0]?.data as Run;
  const reader = second.frames('GET', `${path}/${run.id}?stream=true&starting_after=0`);
  await readUntil(reader, 'thread.message.delta');
  await second.json('POST', `${path}/${run.id}/cancel`);
  const ends = await Promise.all([collect(reader), collect(writer)]);
  for (const frames of ends) {
    expect(frames.slice(-3).map(({ event }) => event)).toEqual([
      'thread.run.step.cancelled',
      'thread.run.cancelled',
      'done',
    ]);
  }
  await vi.waitFor(() => expect(isStopped()).toBe(true), { timeout: 60_000 });
  expect((await getRun(first, run)).status).toBe('cancelled');
  expect((await listMessages(first)).map(getText)).toEqual(['Hi', 'Stop me']);
});

/** Creates a backend of the user Alice. Returns a function that sends requests to it. */
function startLimited(options: BackendOptions) {
  const backend = createBackend({ user: () => 'alice', ...options });
  backends.push(backend);
  return (path: string, body?: object) =>
    backend.fetch(
      new Request(`http://localhost/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
}

it('limits the runs of a user in all processes', async () => {
  schemaCount += 1;
  const schema = `cluster_${schemaCount}`;
  const { model } = createManualModel();
  const start = () =>
    startLimited({
      model,
      store: postgresStore({ sql, schema }),
      limits: { concurrentRuns: 2 },
    });
  const [first, second] = [start(), start()];
  const assistant = (await (await first('/assistants', { model: 'm' })).json()) as { id: string };
  const runs = await Promise.all(
    [first, second, first, second, second].map((send) =>
      send('/threads/runs', { assistant_id: assistant.id }),
    ),
  );
  expect(runs.filter(({ status }) => status === 200)).toHaveLength(2);
  const refused = runs.find(({ status }) => status === 429);
  expect(await refused?.text()).toContain('too_many_runs');
});

it('counts the requests of a user in all processes', async () => {
  schemaCount += 1;
  const schema = `cluster_${schemaCount}`;
  const rateLimit = { requestsPerMinute: 100_000 };
  const store = postgresStore({ sql, schema });
  // The requests of the first process use an hour of the quota, so it does not fill up while the test runs.
  const quotas: SharedQuotas = {
    use: (uses) => store.quotas.use(uses.map(({ caller }) => ({ caller, usedMs: 60 * 60 * 1000 }))),
  };
  const first = startLimited({ store: { ...store, quotas }, rateLimit });
  const second = startLimited({ store: postgresStore({ sql, schema }), rateLimit });
  expect((await first('/threads')).status).toBe(200);
  await vi.waitFor(
    async () => {
      const { headers } = await second('/threads');
      const remaining = Number(headers.get('x-ratelimit-remaining-requests'));
      expect(remaining).toBeLessThan(50_000);
    },
    { timeout: 60_000 },
  );
});

it('allows one active run in a thread', async () => {
  const { model } = createManualModel();
  const { first, second, thread, assistant_id } = await createCluster(model);
  const responses = await Promise.all(
    [first, second, first, second].map((process) =>
      process.send('POST', `/threads/${thread.id}/runs`, { assistant_id }),
    ),
  );
  expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    200, 400, 400, 400,
  ]);
});

it('executes repeated requests once', async () => {
  const { first, second, thread, listMessages } = await createCluster(createManualModel().model);
  const body = { role: 'user', content: 'Once' };
  const headers = { 'idempotency-key': 'key-1' };
  const responses = await Promise.all(
    [first, second, first, second].map((process) =>
      process.send('POST', `/threads/${thread.id}/messages`, body, headers),
    ),
  );
  const bodies = await Promise.all(responses.map((response) => response.json()));
  expect(new Set(bodies.map(({ id }: Message) => id)).size).toBe(1);
  expect((await listMessages(second)).map(getText)).toEqual(['Hi', 'Once']);
});

it('uses the clock of the database', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    const store = postgresStore({ sql, schema: 'clock' });
    await store.ready();
    const [row] = await sql`SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now`;
    expect(Math.abs(store.now() - Number(row?.['now']))).toBeLessThan(600_000);
    await store.close();
  } finally {
    vi.useRealTimers();
  }
});
