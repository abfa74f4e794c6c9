import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import { sqliteStore } from '../../src/backend/stores/sqliteStore.js';
import { createMessage } from './stores/describeStore.js';
import { endlessModel, createTestBackend, V1_HEADERS } from './createTestBackend.js';

it('creates a thread with messages in order', async () => {
  const { send } = createTestBackend();
  const messages = [
    { role: 'user', content: 'One', metadata: { n: '1' } },
    { role: 'assistant', content: 'Two' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Three' },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      ],
    },
  ];
  const { body } = await send('POST', '/v1/threads', { messages, metadata: { kind: 'demo' } });
  expect(body).toEqual({
    id: expect.stringMatching(/^thread_\d{24}$/),
    object: 'thread',
    created_at: 1_700_000_000,
    metadata: { kind: 'demo' },
    tool_resources: {},
  });
  const list = await send('GET', `/v1/threads/${body.id}/messages?order=asc`);
  expect(
    list.body.data?.map(({ role, content, metadata }) => ({ role, content, metadata })),
  ).toEqual([
    {
      role: 'user',
      content: [{ type: 'text', text: { value: 'One', annotations: [] } }],
      metadata: { n: '1' },
    },
    {
      role: 'assistant',
      content: [{ type: 'text', text: { value: 'Two', annotations: [] } }],
      metadata: {},
    },
    {
      role: 'user',
      content: [
        { type: 'text', text: { value: 'Three', annotations: [] } },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      ],
      metadata: {},
    },
  ]);
});

it('replaces the metadata of a thread completely, and keeps it if it is omitted', async () => {
  const { send, create } = createTestBackend();
  const id = await create('/v1/threads', { metadata: { a: '1', b: '2' } });
  expect((await send('POST', `/v1/threads/${id}`, {})).body['metadata']).toEqual({
    a: '1',
    b: '2',
  });
  expect(
    (await send('POST', `/v1/threads/${id}`, { metadata: { c: '3' } })).body['metadata'],
  ).toEqual({ c: '3' });
  expect((await send('POST', `/v1/threads/${id}`, { metadata: {} })).body['metadata']).toEqual({});
});

it('returns a new message with all fields', async () => {
  const { send, create, upload } = createTestBackend();
  const file = await upload();
  const thread = await create('/v1/threads');
  const attachments = [{ file_id: file, tools: [{ type: 'file_search' }] }];
  const { body } = await send('POST', `/v1/threads/${thread}/messages`, {
    role: 'user',
    content: 'Hi',
    attachments,
  });
  expect(body).toEqual({
    id: expect.stringMatching(/^msg_/),
    object: 'thread.message',
    created_at: 1_700_000_000,
    thread_id: thread,
    status: 'completed',
    incomplete_details: null,
    completed_at: 1_700_000_000,
    incomplete_at: null,
    role: 'user',
    content: [{ type: 'text', text: { value: 'Hi', annotations: [] } }],
    assistant_id: null,
    run_id: null,
    attachments,
    metadata: {},
  });
});

it('returns 404 for a message with an unknown file and adds nothing', async () => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const post = (fields: object) =>
    send('POST', `/v1/threads/${thread}/messages`, { role: 'user', content: 'Hi', ...fields });
  expect((await post({ attachments: [{ file_id: 'file-no', tools: [] }] })).status).toBe(404);
  expect(
    (await post({ content: [{ type: 'image_file', image_file: { file_id: 'file-no' } }] })).status,
  ).toBe(404);
  expect((await send('GET', `/v1/threads/${thread}/messages`)).body.data).toEqual([]);
});

it('modifies only the metadata of a message', async () => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const id = await create(`/v1/threads/${thread}/messages`, {
    role: 'user',
    content: 'Hi',
    metadata: { a: '1' },
  });
  const path = `/v1/threads/${thread}/messages/${id}`;
  const before = (await send('GET', path)).body;
  expect((await send('POST', path, { metadata: { b: '2' } })).body).toEqual({
    ...before,
    metadata: { b: '2' },
  });
  expect((await send('POST', path, { content: 'Other' })).status).toBe(400);
  expect((await send('GET', path)).body).toEqual({ ...before, metadata: { b: '2' } });
});

it('deletes a message', async () => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const id = await create(`/v1/threads/${thread}/messages`, { role: 'user', content: 'Hi' });
  const path = `/v1/threads/${thread}/messages/${id}`;
  expect((await send('DELETE', path)).body).toEqual({
    id,
    object: 'thread.message.deleted',
    deleted: true,
  });
  expect((await send('GET', path)).status).toBe(404);
  expect((await send('DELETE', path)).status).toBe(404);
});

it('does not find a message in another thread', async () => {
  const { send, create } = createTestBackend();
  const [one, other] = [await create('/v1/threads'), await create('/v1/threads')];
  const id = await create(`/v1/threads/${one}/messages`, { role: 'user', content: 'Hi' });
  expect((await send('GET', `/v1/threads/${other}/messages/${id}`)).status).toBe(404);
  expect((await send('DELETE', `/v1/threads/${other}/messages/${id}`)).status).toBe(404);
  expect((await send('GET', `/v1/threads/${one}/messages/${id}`)).status).toBe(200);
});

it('rejects messages while a run is active and names both', async () => {
  const { send, create } = createTestBackend({ model: endlessModel });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const thread = await create('/v1/threads');
  const message = await create(`/v1/threads/${thread}/messages`, { role: 'user', content: 'Hi' });
  const run = await create(`/v1/threads/${thread}/runs`, { assistant_id: assistant });
  const rejected = await send('POST', `/v1/threads/${thread}/messages`, {
    role: 'user',
    content: 'And?',
  });
  expect(rejected.status).toBe(400);
  expect(rejected.body).toEqual({
    error: {
      message: `Can't add messages to ${thread} while a run ${run} is active.`,
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  });
  expect((await send('POST', `/v1/threads/${thread}`, { metadata: { a: '1' } })).status).toBe(200);
  expect(
    (await send('POST', `/v1/threads/${thread}/messages/${message}`, { metadata: { a: '1' } }))
      .status,
  ).toBe(200);
  expect((await send('DELETE', `/v1/threads/${thread}/messages/${message}`)).status).toBe(200);
});

it('accepts messages after the run has expired', async () => {
  const { send, create, advanceTime } = createTestBackend({ model: endlessModel });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const thread = await create('/v1/threads');
  await create(`/v1/threads/${thread}/runs`, { assistant_id: assistant });
  advanceTime(600_000);
  expect(
    (await send('POST', `/v1/threads/${thread}/messages`, { role: 'user', content: 'And?' }))
      .status,
  ).toBe(200);
});

it('rejects messages over the maximum of a thread', async () => {
  const full = { ...memoryStore(), count: async () => 100_000 };
  const { send, create } = createTestBackend({ store: full });
  const thread = await create('/v1/threads');
  const { status, body } = await send('POST', `/v1/threads/${thread}/messages`, {
    role: 'user',
    content: 'One more',
  });
  expect(status).toBe(400);
  expect(body.error?.message).toBe(
    `Thread ${thread} already has 100000 messages, which is the maximum.`,
  );
});

it('deletes a thread with its messages and its active run', async () => {
  const store = memoryStore();
  const { backend, send, create } = createTestBackend({ model: endlessModel, store });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const kept = await create('/v1/threads', { messages: [{ role: 'user', content: 'Hi' }] });
  const thread = await create('/v1/threads', { messages: [{ role: 'user', content: 'Hi' }] });
  const run = await create(`/v1/threads/${thread}/runs`, { assistant_id: assistant });
  expect((await send('DELETE', `/v1/threads/${thread}`)).body).toEqual({
    id: thread,
    object: 'thread.deleted',
    deleted: true,
  });
  await backend.idle();
  expect((await send('GET', `/v1/threads/${thread}`)).status).toBe(404);
  expect((await send('GET', `/v1/threads/${thread}/runs/${run}`)).status).toBe(404);
  expect(await store.count('messages')).toBe(1);
  expect(await store.count('runs')).toBe(0);
  expect(await store.count('steps')).toBe(0);
  expect((await send('GET', `/v1/threads/${kept}/messages`)).body.data).toHaveLength(1);
});

it('lists the files of a message in version 1', async () => {
  const { send, create, upload } = createTestBackend();
  const files = [await upload('a.txt'), await upload('b.txt')];
  const thread = await create('/v1/threads');
  const id = await create(
    `/v1/threads/${thread}/messages`,
    { role: 'user', content: 'Hi', file_ids: files },
    V1_HEADERS,
  );
  const path = `/v1/threads/${thread}/messages/${id}/files`;
  const { body } = await send('GET', `${path}?order=asc`, undefined, V1_HEADERS);
  const first = {
    id: files[0],
    object: 'thread.message.file',
    created_at: 1_700_000_000,
    message_id: id,
  };
  expect(body).toEqual({
    object: 'list',
    data: [first, { ...first, id: files[1] }],
    first_id: files[0],
    last_id: files[1],
    has_more: false,
  });
  expect((await send('GET', `${path}/${files[0]}`, undefined, V1_HEADERS)).body).toEqual(first);
  expect((await send('GET', `${path}/file-no`, undefined, V1_HEADERS)).status).toBe(404);
});

it('handles other requests while it deletes a long thread', async () => {
  const store = memoryStore();
  const { send, create } = createTestBackend({ store });
  const other = await create('/v1/threads');
  const thread = await create('/v1/threads');
  const messages = Array.from({ length: 5000 }, (_, index) => ({
    type: 'put' as const,
    collection: 'messages' as const,
    object: createMessage(`msg_${index}`, thread),
    parent: thread,
  }));
  await store.write(messages);
  const deleted = send('DELETE', `/v1/threads/${thread}`);
  while ((await store.count('messages', thread)) === 5000)
    await send('GET', `/v1/threads/${other}`);
  expect(await store.count('messages', thread)).toBeGreaterThan(0);
  expect((await deleted).status).toBe(200);
  expect([
    await store.count('messages'),
    (await send('GET', `/v1/threads/${thread}`)).status,
  ]).toEqual([0, 404]);
});

it.each(['memory', 'sqlite'])(
  'lists threads in both orders, with cursors, in a %s store',
  async (kind) => {
    const store = kind === 'memory' ? memoryStore() : createSqliteStore();
    const { send, create } = createTestBackend({ store });
    expect((await send('GET', '/v1/threads')).body).toEqual({
      object: 'list',
      data: [],
      first_id: null,
      last_id: null,
      has_more: false,
    });
    const ids: string[] = [];
    for (let index = 0; index < 25; index++)
      ids.push(await create('/v1/threads', { metadata: { n: String(index) } }));
    const newest = ids.toReversed();
    const list = async (query: string) => {
      const { body } = await send('GET', `/v1/threads${query}`);
      return { ids: body.data?.map(({ id }) => id), has_more: body['has_more'] };
    };
    expect(await list('')).toEqual({ ids: newest.slice(0, 20), has_more: true });
    expect(await list('?order=asc&limit=3')).toEqual({ ids: ids.slice(0, 3), has_more: true });
    expect(await list(`?after=${newest[19]}`)).toEqual({ ids: newest.slice(20), has_more: false });
    expect(await list(`?before=${newest[5]}&limit=2`)).toEqual({
      ids: newest.slice(3, 5),
      has_more: true,
    });
    await send('DELETE', `/v1/threads/${newest[0]}`);
    expect(await list('?limit=1')).toEqual({ ids: [newest[1]], has_more: true });
    expect((await send('GET', '/v1/threads?limit=0')).status).toBe(400);
    expect((await send('GET', `/v1/threads?after=${newest[0]}`)).status).toBe(400);
  },
);

function createSqliteStore() {
  const folder = mkdtempSync(join(tmpdir(), 'threads-'));
  const store = sqliteStore({ path: join(folder, 'chat.sqlite') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}
