import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Model } from '../../../src/backend/models/Model.js';
import { MIGRATIONS } from '../../../src/backend/stores/postgres/postgresSchema.js';
import { postgresStore } from '../../../src/backend/stores/postgres/postgresStore.js';
import { createTestBackend, createUploadForm, toUrl } from '../createTestBackend.js';
import { createPuts } from '../stores/describeStore.js';
import { type PostgresServer, startPostgres } from './startPostgres.js';

let server: PostgresServer;
let sql: postgres.Sql;

beforeAll(async () => {
  server = await startPostgres();
  sql = postgres(server.url, { onnotice: () => undefined });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await server.stop();
});

/** Starts a backend whose errors are collected. */
function start(schema: string, model?: Model) {
  const errors: unknown[] = [];
  const store = postgresStore({ sql, schema });
  const test = createTestBackend({
    store,
    onError: (error) => errors.push(error),
    ...(model && { model }),
  });
  return { ...test, store, errors };
}

/** Calls a function with the texts that it got, and then answers with characters that are no text. */
const echo: Model = {
  async *respond({ messages }) {
    const text = JSON.stringify(messages);
    const hasOutputs = messages.some(({ role }) => role === 'tool-outputs');
    if (!hasOutputs) {
      yield { type: 'toolCall', id: 'call_1', name: 'f' };
      yield { type: 'arguments', callId: 'call_1', text };
      yield { type: 'finish', reason: 'tool_calls' };
      return;
    }
    yield { type: 'text', text: '\u0000 \uD800' };
    yield { type: 'finish', reason: 'stop' };
  },
};

it.each([
  ['the character NUL', 'a\u0000b'],
  ['a high surrogate', 'a\uD800b'],
  ['a low surrogate', '\uDC00'],
  ['a noncharacter', '\uFFFF\uFFFE'],
  ['a backslash and quotes', '\\u0000"\'\\'],
])('stores texts with %s, or refuses them', async (name, text) => {
  const { send, backend, errors } = start(`text_${name.toLowerCase().replaceAll(' ', '_')}`, echo);
  const metadata = { text };
  const tools = [{ type: 'function', function: { name: 'f', description: text, parameters: {} } }];
  const assistant = await send('POST', '/v1/assistants', {
    model: text,
    name: text,
    description: text,
    instructions: text,
    metadata,
    tools,
  });
  const thread = await send('POST', '/v1/threads', {
    messages: [{ role: 'user', content: text, metadata }],
    metadata,
  });
  expect([assistant.status, thread.status]).toEqual([200, 200]);
  expect(assistant.body).toMatchObject({ name: text, instructions: text, metadata });
  const { id } = thread.body;
  const path = `/v1/threads/${id}`;
  const { data } = (await send('GET', `${path}/messages`)).body;
  expect(data).toMatchObject([{ content: [{ text: { value: text } }], metadata }]);

  const run = await send('POST', `${path}/runs`, {
    assistant_id: assistant.body.id,
    instructions: text,
    additional_messages: [{ role: 'user', content: text }],
    metadata,
  });
  expect(run.status).toBe(200);
  await backend.idle();
  const runPath = `${path}/runs/${run.body.id}`;
  const outputs = await send('POST', `${runPath}/submit_tool_outputs`, {
    tool_outputs: [{ tool_call_id: 'call_1', output: text }],
  });
  expect(outputs.status).toBe(200);
  await backend.idle();
  expect((await send('GET', runPath)).body['status']).toBe('completed');
  const steps = (await send('GET', `${runPath}/steps?order=asc`)).body.data;
  expect(steps?.[0]).toMatchObject({
    step_details: { tool_calls: [{ function: { output: text } }] },
  });

  const upload = await backend.fetch(
    new Request(toUrl('/v1/files'), {
      method: 'POST',
      body: createUploadForm(`${text}.txt`, text, 'assistants'),
    }),
  );
  const { id: fileId } = (await upload.json()) as { id: string };
  const vectorStore = await send('POST', '/v1/vector_stores', {
    name: text,
    metadata,
    file_ids: [fileId],
  });
  expect(vectorStore.status).toBe(200);
  const answers = [
    await send('POST', `/v1/vector_stores/${vectorStore.body.id}/search`, { query: text }),
    await send('POST', `/v1/vector_stores/${vectorStore.body.id}/files/${fileId}`, {
      attributes: { [text]: text },
    }),
    await send('POST', '/v1/vector_stores', { file_ids: [text] }),
    await send('POST', '/v1/threads/runs', { assistant_id: text }),
    await send('POST', '/v1/threads', { metadata: { [text]: text } }),
    ...(await Promise.all(
      ['after', 'before', 'run_id', 'purpose', 'filter', 'order'].flatMap((parameter) => {
        const query = new URLSearchParams({ [parameter]: text });
        return [`${path}/messages`, '/v1/files', '/v1/threads', '/v1/usage'].map((list) =>
          send('GET', `${list}?${query}`),
        );
      }),
    )),
  ];
  expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
  expect(errors).toEqual([]);
  await backend.close({ deadlineMs: 0 });
});

it('migrates an older schema, and keeps what it has', async () => {
  await sql.unsafe('CREATE SCHEMA older');
  await sql.unsafe(`DO $migration$ BEGIN ${MIGRATIONS[0]?.('older') ?? ''} END $migration$`);
  await sql.unsafe(
    'CREATE TABLE older.migrations (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  await sql.unsafe('INSERT INTO older.migrations (version) VALUES (1)');
  const [put] = createPuts(1);
  if (put?.type !== 'put') throw new Error('The change puts an object.');
  await sql.unsafe('INSERT INTO older.messages (id, parent, json) VALUES ($1, $2, $3)', [
    put.object.id,
    'thread_a',
    JSON.stringify(put.object),
  ]);
  const { store, backend, send } = start('older');
  expect(await store.get('messages', put.object.id)).toEqual(put.object);
  expect(await store.count('messages', 'thread_a')).toBe(1);
  expect((await send('GET', '/v1/usage')).status).toBe(200);
  const versions = await sql`SELECT version FROM older.migrations ORDER BY version`;
  expect(versions.map(({ version }) => Number(version))).toEqual(MIGRATIONS.map((_, i) => i + 1));
  await backend.close({ deadlineMs: 0 });
});

it('says which privilege is missing in a schema of another user', async () => {
  await postgresStore({ sql, schema: 'locked' }).ready();
  await sql.unsafe('CREATE ROLE reader LOGIN');
  const { port, pathname } = new URL(server.url);
  const pool = postgres(`postgres://reader@127.0.0.1:${port}${pathname}`, { max: 1 });
  const denied = { name: 'StoreError', message: expect.stringContaining('lacks a privilege') };
  await expect(postgresStore({ sql: pool, schema: 'locked' }).ready()).rejects.toMatchObject(
    denied,
  );
  await sql.unsafe('GRANT USAGE ON SCHEMA locked TO reader');
  await sql.unsafe('GRANT SELECT ON ALL TABLES IN SCHEMA locked TO reader');
  const store = postgresStore({ sql: pool, schema: 'locked' });
  await expect(store.write(createPuts(1))).rejects.toMatchObject(denied);
  expect(await store.count('messages')).toBe(0);
  await store.close();
  await pool.end({ timeout: 1 });
});

it('answers 507 while the disk of the database is full, and loses nothing', async () => {
  const { send, create, backend, errors } = start('no_space');
  const thread = await create('/v1/threads');
  const add = () =>
    send('POST', `/v1/threads/${thread}/messages`, { role: 'user', content: 'Hello' });
  expect((await add()).status).toBe(200);
  // The error that PostgreSQL reports when it cannot extend a table.
  await sql.unsafe(`
    CREATE FUNCTION no_space.fail() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER fail BEFORE INSERT ON no_space.messages EXECUTE FUNCTION no_space.fail();`);
  const rejected = await add();
  expect([rejected.status, rejected.body.error?.message]).toEqual([
    507,
    expect.stringContaining('space'),
  ]);
  expect(String(errors)).toContain('The disk of the PostgreSQL server is full');
  const list = async () => (await send('GET', `/v1/threads/${thread}/messages`)).body.data?.length;
  expect(await list()).toBe(1);
  await sql.unsafe('DROP TRIGGER fail ON no_space.messages');
  expect([(await add()).status, await list()]).toEqual([200, 2]);
  await backend.close({ deadlineMs: 0 });
});
