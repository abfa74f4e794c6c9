import { expect, it, vi } from 'vitest';
import { createBackend } from '../../../src/backend/createBackend.js';
import type { BackendUser } from '../../../src/backend/domain/BackendUser.js';
import type { Model } from '../../../src/backend/models/Model.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import type { Store } from '../../../src/backend/stores/Store.js';
import { createDeferred } from '../../createDeferred.js';
import { createTestBackend, createUploadForm, toUrl, V1_HEADERS } from '../createTestBackend.js';

const as = (user: string) => ({ 'x-user': user });

/** Creates a backend whose users name themselves. `root` is an admin. */
function createServer(options: Parameters<typeof createTestBackend>[0] = {}) {
  return createTestBackend({
    user: (request) => {
      const id = request.headers.get('x-user');
      return id === null ? undefined : { id, isAdmin: id === 'root' };
    },
    ...options,
  });
}

const listIds = (body: { data?: { id?: string }[] }) => body.data?.map(({ id }) => id);

it('shows assistants of an admin to all users, and lets only admins change them', async () => {
  const { send, create } = createServer();
  const shared = await create('/v1/assistants', { model: 'm', name: 'Shared' }, as('root'));
  const own = await create('/v1/assistants', { model: 'm', name: 'Own' }, as('alice'));
  const path = `/v1/assistants/${shared}`;
  expect(listIds((await send('GET', '/v1/assistants', undefined, as('alice'))).body)).toEqual([
    own,
    shared,
  ]);
  expect(listIds((await send('GET', '/v1/assistants', undefined, as('bob'))).body)).toEqual([
    shared,
  ]);
  expect((await send('GET', path, undefined, as('bob'))).status).toBe(200);
  const refused = await send('POST', path, { name: 'Mine' }, as('bob'));
  expect(refused.status).toBe(403);
  expect(refused.body.error).toMatchObject({
    code: 'shared_assistant',
    message: `The assistant '${shared}' is shared. Only an admin can change it. Create an assistant of your own.`,
  });
  expect((await send('DELETE', path, undefined, as('bob'))).status).toBe(403);
  expect((await send('POST', path, { name: 'Better' }, as('root'))).body['name']).toBe('Better');
  expect((await send('DELETE', `/v1/assistants/${own}`, undefined, as('root'))).status).toBe(404);
  expect((await send('DELETE', path, undefined, as('root'))).status).toBe(200);
});

it('refuses to add a file to a shared assistant, and to remove one', async () => {
  const { send, create, backend } = createServer();
  const upload = async (user: string) => {
    const body = createUploadForm('a.txt', 'A', 'assistants');
    const response = await backend.fetch(
      new Request(toUrl('/v1/files'), { method: 'POST', body, headers: as(user) }),
    );
    return ((await response.json()) as { id: string }).id;
  };
  const [rootFile, bobFile] = [await upload('root'), await upload('bob')];
  const body = { model: 'm', file_ids: [rootFile] };
  const shared = await create('/v1/assistants', body, { ...V1_HEADERS, ...as('root') });
  const path = `/v1/assistants/${shared}/files`;
  expect((await send('POST', path, { file_id: bobFile }, as('bob'))).status).toBe(403);
  expect((await send('DELETE', `${path}/${rootFile}`, undefined, as('bob'))).status).toBe(403);
  expect(listIds((await send('GET', path, undefined, as('bob'))).body)).toEqual([rootFile]);
  expect((await send('GET', `/v1/files/${rootFile}/content`, undefined, as('bob'))).status).toBe(
    404,
  );
});

it('runs a shared assistant, with its files, in the thread of a user', async () => {
  const model: Model = {
    async *respond({ files }) {
      yield { type: 'text', text: files.map(({ filename }) => filename).join() };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const { send, create, backend } = createServer({ model });
  const form = createUploadForm('handbook.txt', 'A', 'assistants');
  const uploaded = await backend.fetch(
    new Request(toUrl('/v1/files'), { method: 'POST', body: form, headers: as('root') }),
  );
  const { id } = (await uploaded.json()) as { id: string };
  const shared = await create(
    '/v1/assistants',
    { model: 'm', file_ids: [id] },
    { ...V1_HEADERS, ...as('root') },
  );
  const thread = await create('/v1/threads', {}, as('bob'));
  await create(`/v1/threads/${thread}/runs`, { assistant_id: shared }, as('bob'));
  await backend.idle();
  const { body } = await send('GET', `/v1/threads/${thread}/messages`, undefined, as('bob'));
  expect(JSON.stringify(body)).toContain('handbook.txt');
});

it('gives what has no owner to admins, and its assistants to all users', async () => {
  const store = memoryStore();
  const before = createTestBackend({ store });
  const thread = await before.create('/v1/threads', {
    messages: [{ role: 'user', content: 'Old' }],
  });
  const file = await before.upload();
  const assistant = await before.create('/v1/assistants', { model: 'm' });
  const ids = { generateId: (prefix: string) => `${prefix}new` };
  const { send, create } = createServer({ store, ...ids });
  const own = await create('/v1/threads', {}, as('root'));
  const list = async (path: string, user: string) =>
    listIds((await send('GET', path, undefined, as(user))).body);
  expect(await list('/v1/threads', 'root')).toEqual([own, thread]);
  expect(await list('/v1/files', 'root')).toEqual([file]);
  expect(await list(`/v1/threads/${thread}/messages`, 'root')).toHaveLength(1);
  expect(await list('/v1/threads', 'bob')).toEqual([]);
  expect(await list('/v1/files', 'bob')).toEqual([]);
  expect((await send('GET', `/v1/threads/${thread}`, undefined, as('bob'))).status).toBe(404);
  expect(await list('/v1/assistants', 'bob')).toEqual([assistant]);
  const deleted = await send('DELETE', `/v1/threads/${thread}`, undefined, as('root'));
  expect(deleted.status).toBe(200);
});

it('shows everything again without the option', async () => {
  const store = memoryStore();
  const { create } = createServer({ store });
  const thread = await create('/v1/threads', {}, as('alice'));
  const { send } = createTestBackend({ store });
  expect(listIds((await send('GET', '/v1/threads')).body)).toEqual([thread]);
});

it('gives files that the model creates to the user of the thread', async () => {
  const model: Model = {
    async *respond() {
      yield { type: 'file', id: 'file-made', filename: 'plot.png', bytes: new Uint8Array([1]) };
      yield { type: 'text', text: 'Here it is.' };
      yield { type: 'finish', reason: 'stop' };
    },
  };
  const { send, create, backend } = createServer({ model });
  const assistant_id = await create('/v1/assistants', { model: 'm' }, as('alice'));
  await create('/v1/threads/runs', { assistant_id }, as('alice'));
  await backend.idle();
  expect(listIds((await send('GET', '/v1/files', undefined, as('alice'))).body)).toEqual([
    'file-made',
  ]);
  const foreign = await send('GET', '/v1/files/file-made', undefined, as('bob'));
  expect(foreign.status).toBe(404);
});

it('does not wait for a busy thread of another user', async () => {
  const store = memoryStore();
  const isWriting = createDeferred<void>();
  const mayWrite = createDeferred<void>();
  const slow: Store = {
    ...store,
    async write(changes) {
      if (changes.some(({ type }) => type === 'remove')) {
        isWriting.resolve();
        await mayWrite.promise;
      }
      return store.write(changes);
    },
  };
  const { send, create } = createServer({ store: slow });
  const thread = await create('/v1/threads', {}, as('alice'));
  const deleted = send('DELETE', `/v1/threads/${thread}`, undefined, as('alice'));
  await isWriting.promise;
  const message = { role: 'user', content: 'Hi' };
  const path = `/v1/threads/${thread}/messages`;
  expect((await send('POST', path, message, as('bob'))).status).toBe(404);
  mayWrite.resolve();
  expect((await deleted).status).toBe(200);
});

it('limits the requests of each user', async () => {
  const { send } = createServer({ rateLimit: { requestsPerMinute: 2 } });
  const get = (user: string) => send('GET', '/v1/threads', undefined, as(user));
  expect([(await get('alice')).status, (await get('alice')).status]).toEqual([200, 200]);
  const limited = await get('alice');
  expect(limited.status).toBe(429);
  expect(limited.headers.get('retry-after')).toBe('30');
  expect((await get('bob')).status).toBe(200);
});

it('answers a request whose user cannot be read with 401, and reports the error', async () => {
  const onError = vi.fn<(error: unknown) => void>();
  const error = new Error('The token has expired.');
  const { send } = createTestBackend({
    onError,
    user: () => {
      throw error;
    },
  });
  const { status, body } = await send('GET', '/v1/threads');
  expect([status, body.error?.code]).toEqual([401, 'invalid_api_key']);
  expect(JSON.stringify(body)).not.toContain('expired');
  expect(onError.mock.calls.map(([reported]) => reported)).toEqual([error]);
});

it.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['an empty id', ''],
  ['a blank id', ' '],
  ['an object with a blank id', { id: ' ' }],
])('answers a request without a user with 401: %s', async (_, user) => {
  const { send } = createTestBackend({ user: () => user as string });
  const [list, models] = [await send('GET', '/v1/threads'), await send('GET', '/v1/models')];
  expect([list.status, models.status]).toEqual([401, 401]);
});

it.each<[string, unknown]>([
  ['a number', 5],
  ['an object without an id', {}],
  ['a NUL character', 'a\0b'],
  ['a lone surrogate', 'a\uD800'],
  ['a long id', 'a'.repeat(256)],
])('refuses an invalid user: %s', async (_, user) => {
  const onError = vi.fn<(error: unknown) => void>();
  const backend = createBackend({ onError, user: () => user as BackendUser });
  const response = await backend.fetch(new Request(toUrl('/v1/threads')));
  expect(response.status).toBe(500);
  expect(String(onError.mock.calls[0]?.[0])).toContain('`user` must return undefined, or an id');
});

it('requires a key and a user if both are configured', async () => {
  const { send } = createServer({ apiKeys: ['key-1'] });
  const key = { 'api-key': 'key-1' };
  expect((await send('GET', '/v1/threads', undefined, as('alice'))).status).toBe(401);
  expect((await send('GET', '/v1/threads', undefined, key)).status).toBe(401);
  expect((await send('GET', '/v1/threads', undefined, { ...key, ...as('alice') })).status).toBe(
    200,
  );
});
