import { expect, it } from 'vitest';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { StoreError } from '../../../src/backend/stores/StoreError.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import {
  createUploadForm,
  createRequest,
  createTestBackend,
  toUrl,
  V1_HEADERS,
} from '../createTestBackend.js';

const KEY = { 'idempotency-key': 'key-1' };
const HI = { role: 'user', content: 'Hi' };

it('returns the stored response to a repetition without executing it', async () => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  const path = `/v1/threads/${thread}/messages`;
  const first = await send('POST', path, HI, KEY);
  const again = await send('POST', path, HI, KEY);
  expect(again.status).toBe(200);
  expect(again.body).toEqual(first.body);
  expect(first.headers.has('idempotent-replayed')).toBe(false);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  expect((await send('GET', path)).body.data).toHaveLength(1);
});

it('executes concurrent repetitions once', async () => {
  const { send } = createTestBackend();
  const responses = await Promise.all(
    Array.from({ length: 10 }, () => send('POST', '/v1/assistants', { model: 'm' }, KEY)),
  );
  expect(new Set(responses.map(({ body }) => body.id)).size).toBe(1);
  expect((await send('GET', '/v1/assistants')).body.data).toHaveLength(1);
});

it.each<[string, string, object, Record<string, string>]>([
  ['another body', '/v1/assistants', { model: 'other' }, {}],
  ['another operation', '/v1/threads', { metadata: {} }, {}],
  ['another version', '/v1/assistants', { model: 'm' }, { 'openai-beta': 'assistants=v1' }],
])('returns 409 if the key is reused with %s', async (_, path, body, headers) => {
  const { send } = createTestBackend();
  await send('POST', '/v1/assistants', { model: 'm' }, KEY);
  const { status, body: error } = await send('POST', path, body, { ...KEY, ...headers });
  expect(status).toBe(409);
  expect(error.error).toMatchObject({
    type: 'invalid_request_error',
    param: null,
    code: 'idempotency_key_reused',
  });
});

it('forgets a key after 24 hours, but not a second earlier', async () => {
  const { send, advanceTime } = createTestBackend();
  const first = await send('POST', '/v1/threads', {}, KEY);
  advanceTime(24 * 60 * 60 * 1000 - 1000);
  expect((await send('POST', '/v1/threads', {}, KEY)).body.id).toBe(first.body.id);
  advanceTime(1000);
  expect((await send('POST', '/v1/threads', {}, KEY)).body.id).not.toBe(first.body.id);
});

it('removes expired keys', async () => {
  const store = memoryStore();
  const { send, advanceTime } = createTestBackend({ store });
  for (let key = 0; key < 5; key++)
    await send('POST', '/v1/threads', {}, { 'idempotency-key': `old-${key}` });
  advanceTime(25 * 60 * 60 * 1000);
  for (let key = 0; key < 5; key++)
    await send('POST', '/v1/threads', {}, { 'idempotency-key': `new-${key}` });
  expect(await store.count('storedResponses')).toBe(5);
});

it('executes a rejected request again', async () => {
  const { send, upload } = createTestBackend();
  const body = (file: string) => ({
    model: 'm',
    tool_resources: { file_search: { vector_stores: [{ file_ids: [file] }] } },
  });
  expect(
    (await send('POST', '/v1/assistants', body('file-000000000000000000000004'), KEY)).status,
  ).toBe(404);
  let file = await upload();
  while (file < 'file-000000000000000000000004') file = await upload();
  expect(
    (await send('POST', '/v1/assistants', body('file-000000000000000000000004'), KEY)).status,
  ).toBe(200);
});

it('recognizes a repeated upload with another boundary', async () => {
  const { backend, send } = createTestBackend();
  const upload = async (content: string) => {
    const body = createUploadForm('a.txt', content, 'assistants');
    return backend.fetch(new Request(toUrl('/v1/files'), { method: 'POST', headers: KEY, body }));
  };
  const first = await (await upload('A')).json();
  expect(await (await upload('A')).json()).toEqual(first);
  expect((await upload('B')).status).toBe(409);
  expect((await send('GET', '/v1/files')).body.data).toHaveLength(1);
});

it('returns the run as JSON to the repetition of a stream', async () => {
  const { backend, send, create } = createTestBackend();
  const assistant = await create('/v1/assistants', { model: 'm' });
  const body = { assistant_id: assistant, stream: true, thread: { messages: [HI] } };
  const stream = await backend.fetch(createRequest('POST', '/v1/threads/runs', body, KEY));
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const events = await stream.text();
  const again = await send('POST', '/v1/threads/runs', body, KEY);
  expect(again.headers.get('content-type')).toBe('application/json');
  expect(again.body).toMatchObject({ object: 'thread.run', status: 'queued' });
  expect(events).toContain(again.body.id ?? '');
  const thread = String(again.body['thread_id']);
  expect((await send('GET', `/v1/threads/${thread}/runs`)).body.data).toHaveLength(1);
});

it('rejects a key that is too long', async () => {
  const { status } = await createTestBackend().send(
    'POST',
    '/v1/threads',
    {},
    { 'idempotency-key': 'k'.repeat(256) },
  );
  expect(status).toBe(400);
});

it('ignores an empty key', async () => {
  const { send } = createTestBackend();
  const empty = { 'idempotency-key': '' };
  const first = await send('POST', '/v1/threads', {}, empty);
  const again = await send('POST', '/v1/threads', {}, empty);
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.body.id).not.toBe(first.body.id);
});

it('ignores the key of GET requests', async () => {
  const { send, create } = createTestBackend();
  const thread = await create('/v1/threads');
  expect((await send('GET', `/v1/threads/${thread}`, undefined, KEY)).status).toBe(200);
  expect((await send('GET', `/v1/threads/${thread}/messages`, undefined, KEY)).status).toBe(200);
});

it.each<[string, (thread: string, assistant: string) => [path: string, body: object]]>([
  ['assistants', () => ['/v1/assistants', { model: 'm' }]],
  ['threads', () => ['/v1/threads', { messages: [HI] }]],
  ['messages', (thread) => [`/v1/threads/${thread}/messages`, HI]],
  [
    'runs',
    (thread, assistant) => [
      `/v1/threads/${thread}/runs`,
      { assistant_id: assistant, additional_messages: [HI] },
    ],
  ],
  [
    'runs',
    (_, assistant) => ['/v1/threads/runs', { assistant_id: assistant, thread: { messages: [HI] } }],
  ],
])(
  'recognizes a request whose process died after the first write: %s',
  async (collection, request) => {
    const store = memoryStore();
    const prepared = createTestBackend({ store });
    const thread = await prepared.create('/v1/threads');
    const assistant = await prepared.create('/v1/assistants', { model: 'm' });
    const before = await store.count(collection as 'runs');
    const [path, body] = request(thread, assistant);
    let lastId = 0;
    const { dying, dieAfterNextWrite } = createDyingStore(store);
    const first = createTestBackend({
      generateId: (prefix) => {
        lastId += 1;
        return `${prefix}first${lastId}`;
      },
      store: dying,
    });
    const died = dieAfterNextWrite();
    void first.send('POST', path, body, KEY);
    await died;
    const again = await createTestBackend({ store }).send('POST', path, body, KEY);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body.id).toContain('first');
    expect(await store.count(collection as 'runs')).toBe(before + 1);
  },
);

it.each(['submit_tool_outputs', 'cancel', 'files'] as const)(
  'recognizes a change whose process died after the first write: %s',
  async (change) => {
    const store = memoryStore();
    const { dying, dieAfterNextWrite } = createDyingStore(store);
    const first = createTestBackend({
      model: scriptedModel([{ say: { call: 'f', id: 'call_1' } }]),
      store: dying,
    });
    const assistant = await first.create('/v1/assistants', { model: 'm' });
    const file_id = await first.upload();
    const { body: run } = await first.send('POST', '/v1/threads/runs', {
      assistant_id: assistant,
      thread: { messages: [HI] },
    });
    await first.backend.idle();
    const runPath = `/v1/threads/${String(run['thread_id'])}/runs/${run.id}`;
    const [path, body] = {
      submit_tool_outputs: [
        `${runPath}/submit_tool_outputs`,
        { tool_outputs: [{ tool_call_id: 'call_1', output: 'x' }] },
      ] as const,
      cancel: [`${runPath}/cancel`, undefined] as const,
      files: [`/v1/assistants/${assistant}/files`, { file_id }] as const,
    }[change];
    const died = dieAfterNextWrite();
    void first.send('POST', path, body, KEY);
    await died;
    const {
      status,
      headers,
      body: again,
    } = await createTestBackend({ store }).send('POST', path, body, KEY);
    expect([status, headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    const expected = {
      submit_tool_outputs: { id: run.id, status: 'queued' },
      cancel: { id: run.id, status: 'cancelling' },
      files: { id: file_id },
    };
    expect(again).toMatchObject(expected[change]);
  },
);

it('stores the response in the same write as the change', async () => {
  const store = memoryStore();
  let writes = 0;
  const { send, create } = createTestBackend({
    store: {
      ...store,
      write: (changes) => {
        writes += 1;
        return store.write(changes);
      },
    },
  });
  const thread = await create('/v1/threads');
  const message = await create(`/v1/threads/${thread}/messages`, HI);
  const assistant = await create('/v1/assistants', { model: 'm' });
  for (const path of [
    `assistants/${assistant}`,
    `threads/${thread}`,
    `threads/${thread}/messages/${message}`,
  ]) {
    writes = 0;
    const headers = { 'idempotency-key': path };
    const first = await send('POST', `/v1/${path}`, { metadata: { a: 'b' } }, headers);
    const again = await send('POST', `/v1/${path}`, { metadata: { a: 'b' } }, headers);
    expect([again.body, writes]).toEqual([first.body, 1]);
  }
});

it('adds a file to an assistant once for each key', async () => {
  const { send, create, upload } = createTestBackend();
  const assistant = await create('/v1/assistants', { model: 'm' }, V1_HEADERS);
  const [file, other] = [await upload(), await upload()];
  const add = (file_id: string) =>
    send('POST', `/v1/assistants/${assistant}/files`, { file_id }, { ...V1_HEADERS, ...KEY });
  const first = await add(file);
  expect(first.status).toBe(200);
  expect((await add(file)).body).toEqual(first.body);
  expect((await add(other)).status).toBe(409);
  expect(
    (await send('GET', `/v1/assistants/${assistant}/files`, undefined, V1_HEADERS)).body.data,
  ).toHaveLength(1);
});

it('submits tool outputs and cancels once for each key', async () => {
  const { send, create, backend } = createTestBackend({
    model: scriptedModel([{ say: { call: 'f' } }]),
  });
  const assistant = await create('/v1/assistants', { model: 'm' });
  const createWaitingRun = async () => {
    const { body } = await send('POST', '/v1/threads/runs', {
      assistant_id: assistant,
      thread: { messages: [HI] },
    });
    await backend.idle();
    return `/v1/threads/${String(body['thread_id'])}/runs/${body.id}`;
  };
  const [submitted, cancelled] = [await createWaitingRun(), await createWaitingRun()];
  const step = (await send('GET', `${submitted}/steps`)).body.data?.[0];
  const tool_outputs = [{ tool_call_id: JSON.stringify(step).match(/call_\w+/)?.[0], output: 'x' }];
  for (const [path, body] of [
    [`${submitted}/submit_tool_outputs`, { tool_outputs }],
    [`${cancelled}/cancel`, undefined],
  ] as const) {
    const headers = { 'idempotency-key': path };
    const first = await send('POST', path, body, headers);
    const again = await send('POST', path, body, headers);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  }
});

it('stores no response if the object could not be stored', async () => {
  const store = memoryStore();
  let isFull = true;
  const { send } = createTestBackend({
    onError: () => {},
    store: {
      ...store,
      write: async (changes) =>
        isFull ? Promise.reject(new StoreError('full', 'No room.')) : store.write(changes),
    },
  });
  const refused = await send('POST', '/v1/threads', {}, KEY);
  expect(refused.status).toBe(507);
  expect(refused.body.error).toMatchObject({ type: 'server_error', code: 'insufficient_storage' });
  expect(refused.headers.get('x-should-retry')).toBe('false');
  isFull = false;
  const done = await send('POST', '/v1/threads', {}, KEY);
  expect(done.status).toBe(200);
  expect(done.headers.has('idempotent-replayed')).toBe(false);
});

it('does not keep a key longer when the clock is set back', async () => {
  const { send, advanceTime } = createTestBackend();
  const first = await send('POST', '/v1/threads', {}, KEY);
  advanceTime(-1000);
  expect((await send('POST', '/v1/threads', {}, KEY)).body.id).toBe(first.body.id);
  advanceTime(-25 * 60 * 60 * 1000);
  expect((await send('POST', '/v1/threads', {}, KEY)).body.id).not.toBe(first.body.id);
});

/** Creates a store that can stop after a write, as if its process had died. Later writes never resolve. */
function createDyingStore(store: Store) {
  let die: (() => void) | undefined;
  let isDead = false;
  const dying: Store = {
    ...store,
    async write(changes) {
      if (isDead) return new Promise(() => {});
      isDead = die !== undefined;
      await store.write(changes);
      die?.();
    },
  };
  const dieAfterNextWrite = () =>
    new Promise<void>((resolve) => {
      die = resolve;
    });
  return { dying, dieAfterNextWrite };
}
