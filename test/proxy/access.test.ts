import { describe, expect, it } from 'vitest';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';
import { createProxy } from '../../src/proxy/createProxy.js';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import type { OwnedType } from '../../src/proxy/ownership/Ownership.js';
import type { ProxyOptions, ProxyTarget } from '../../src/proxy/ProxyOptions.js';
import {
  ANYTHING,
  createBackendProxy,
  createTestProxy,
  getUser,
  JSON_TYPE,
  respondThread,
} from './createTestProxy.js';

const PATH_TYPES: Record<string, OwnedType> = {
  assistant_id: 'assistant',
  file_id: 'file',
  thread_id: 'thread',
  vector_store_id: 'vector_store',
};

/** Bodies that name one object of a type, for each operation that can name it. */
const BODIES: [OperationId, OwnedType, (id: string) => object][] = [
  ['createRun', 'assistant', (id) => ({ assistant_id: id })],
  ['createThreadAndRun', 'assistant', (id) => ({ assistant_id: id })],
  ['createMessage', 'file', (id) => ({ role: 'user', content: 'x', file_ids: [id] })],
  [
    'createMessage',
    'file',
    (id) => ({ role: 'user', content: 'x', attachments: [{ file_id: id, tools: [] }] }),
  ],
  [
    'createMessage',
    'file',
    (id) => ({ role: 'user', content: [{ type: 'image_file', image_file: { file_id: id } }] }),
  ],
  [
    'createThread',
    'file',
    (id) => ({ messages: [{ role: 'user', content: 'x', file_ids: [id] }] }),
  ],
  [
    'createThread',
    'vector_store',
    (id) => ({ tool_resources: { file_search: { vector_store_ids: [id] } } }),
  ],
  [
    'createThread',
    'file',
    (id) => ({ tool_resources: { file_search: { vector_stores: [{ file_ids: [id] }] } } }),
  ],
  [
    'createThreadAndRun',
    'vector_store',
    (id) => ({ thread: { tool_resources: { file_search: { vector_store_ids: [id] } } } }),
  ],
  [
    'createThreadAndRun',
    'vector_store',
    (id) => ({ tool_resources: { file_search: { vector_store_ids: [id] } } }),
  ],
  ['modifyThread', 'file', (id) => ({ tool_resources: { code_interpreter: { file_ids: [id] } } })],
  ['createAssistant', 'file', (id) => ({ model: 'm', file_ids: [id] })],
  [
    'modifyAssistant',
    'vector_store',
    (id) => ({ tool_resources: { file_search: { vector_store_ids: [id] } } }),
  ],
  ['createAssistantFile', 'file', (id) => ({ file_id: id })],
  ['createVectorStore', 'file', (id) => ({ file_ids: [id] })],
  ['createVectorStoreFile', 'file', (id) => ({ file_id: id })],
  ['createVectorStoreFileBatch', 'file', (id) => ({ file_ids: [id] })],
  ['createVectorStoreFileBatch', 'file', (id) => ({ files: [{ file_id: id }] })],
];

/** Policy that allows every field, and no object. */
const FIELDS = { ...ANYTHING, assistants: [], files: [], vectorStores: [], sharedLists: [] };

/** Creates a proxy with one object of each type for ann and bob. Its ids are `<type>_<user>`. */
async function createOwnedProxy(options: Partial<ProxyOptions> = {}) {
  const ownership = memoryOwnership();
  for (const user of ['ann', 'bob']) {
    for (const type of ['thread', 'file', 'vector_store', 'assistant'] as const) {
      await ownership.claim(user, { type, id: `${type}_${user}` });
    }
  }
  const respond = () => Response.json({ id: 'new_1', thread_id: 'new_1', object: 'x', data: [] });
  const created = createTestProxy(respond, {
    user: getUser,
    ownership,
    policy: FIELDS,
    ...options,
  });
  const call = async (user: string, operation: OperationId, id: string, body?: object) => {
    const { method, path } = operationPaths[operation];
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const type = PATH_TYPES[name];
      return type === undefined ? 'id_1' : `${type}_${id}`;
    });
    const response = await created.send(method, `/v1${filled}`, {
      headers: { 'x-user': user, ...(body && JSON_TYPE) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
  return { ...created, call };
}

describe.each(['ann', 'bob'])('with the objects of %s', (user) => {
  const other = user === 'ann' ? 'bob' : 'ann';

  it.each(operationIds.filter((operation) => operationPaths[operation].path.includes('{')))(
    '%s passes for the own ids of a path, and hides all others',
    async (operation) => {
      const { call, seen } = await createOwnedProxy();
      expect(await call(user, operation, user)).toMatchObject({ status: 200 });
      expect(seen).toHaveLength(1);
      const foreign = await call(user, operation, other);
      expect(foreign.status).toBe(404);
      expect(await call(user, operation, 'missing')).toEqual(foreign);
      expect(seen).toHaveLength(1);
    },
  );

  it.each(BODIES)('%s passes for an own %s of a body, and hides all others', async (...row) => {
    const [operation, type, toBody] = row;
    const { call, seen } = await createOwnedProxy();
    const body = (owner: string) => toBody(`${type}_${owner}`);
    expect(await call(user, operation, user, body(user))).toMatchObject({ status: 200 });
    expect(seen).toHaveLength(1);
    const foreign = await call(user, operation, user, body(other));
    expect(foreign.status).toBe(404);
    expect(await call(user, operation, user, body('missing'))).toEqual(foreign);
    for (const id of ['', '../x', 'a/b', 'runs', 'x'.repeat(200)]) {
      expect(await call(user, operation, user, toBody(id))).toEqual(foreign);
    }
    expect(seen).toHaveLength(1);
  });
});

it('lets callers read and name shared objects, but not change them', async () => {
  const policy = {
    ...FIELDS,
    assistants: ['assistant_x'],
    files: ['file_x'],
    vectorStores: ['vector_store_x'],
  };
  const { call, seen, post } = await createOwnedProxy({ policy });
  const statuses: Record<string, number> = {};
  for (const operation of operationIds) {
    if (!/\{(?:assistant|file|vector_store)_id\}/.test(operationPaths[operation].path)) continue;
    if (operationPaths[operation].path.includes('{thread_id}')) continue;
    statuses[operation] = (await call('ann', operation, 'x')).status;
  }
  expect(statuses).toEqual({
    getAssistant: 200,
    modifyAssistant: 404,
    deleteAssistant: 404,
    listAssistantFiles: 200,
    createAssistantFile: 404,
    getAssistantFile: 200,
    deleteAssistantFile: 404,
    getFile: 200,
    deleteFile: 404,
    getFileContent: 200,
    getVectorStore: 200,
    modifyVectorStore: 404,
    deleteVectorStore: 404,
    searchVectorStore: 200,
    listVectorStoreFiles: 200,
    createVectorStoreFile: 404,
    getVectorStoreFile: 200,
    modifyVectorStoreFile: 404,
    deleteVectorStoreFile: 404,
    getVectorStoreFileContent: 200,
    createVectorStoreFileBatch: 404,
    getVectorStoreFileBatch: 200,
    cancelVectorStoreFileBatch: 404,
    listVectorStoreBatchFiles: 200,
  });
  const passed = seen.length;
  const run = await post(
    '/threads/thread_ann/runs',
    { assistant_id: 'assistant_x' },
    { 'x-user': 'ann' },
  );
  expect([run.status, seen.length]).toEqual([200, passed + 1]);
});

it.each<[string, string, string]>([
  ['DELETE', '/v1/vector_stores/vs_ann/files/file_x', '/v1/vector_stores/vs_bob/files/file_x'],
  ['POST', '/v1/vector_stores/vs_ann/files/file_x', '/v1/vector_stores/vs_bob/files/file_x'],
  ['DELETE', '/v1/assistants/asst_ann/files/file_x', '/v1/assistants/asst_bob/files/file_x'],
])('lets users %s a shared file of a list of their own', async (method, own, foreign) => {
  const ownership = memoryOwnership();
  await ownership.claim('ann', { type: 'vector_store', id: 'vs_ann' });
  await ownership.claim('ann', { type: 'assistant', id: 'asst_ann' });
  await ownership.claim('bob', { type: 'vector_store', id: 'vs_bob' });
  await ownership.claim('bob', { type: 'assistant', id: 'asst_bob' });
  await ownership.claim('bob', { type: 'file', id: 'file_bob' });
  const { send } = createTestProxy(() => Response.json({}), {
    user: getUser,
    ownership,
    policy: { ...FIELDS, files: ['file_x'] },
  });
  const request = {
    headers: { 'x-user': 'ann', ...JSON_TYPE },
    ...(method === 'POST' && { body: '{"attributes":{"year":2026}}' }),
  };
  expect((await send(method, own, request)).status).toBe(200);
  expect((await send(method, foreign, request)).status).toBe(404);
  expect((await send(method, own.replace('file_x', 'file_bob'), request)).status).toBe(404);
});

it.each<[string, object]>([
  ['attached', { attachments: [{ file_id: 'file_ops', tools: [{ type: 'file_search' }] }] }],
  ['shown', { content: [{ type: 'image_file', image_file: { file_id: 'file_ops' } }] }],
])(
  'does not give a shared file to a user that has %s it in the name of the assistant',
  async (_, fields) => {
    const message = { object: 'thread.message', role: 'assistant', run_id: null, ...fields };
    const ownership = memoryOwnership();
    await ownership.claim('ann', { type: 'thread', id: 'thread_1' });
    const answer = () => Response.json({ object: 'list', data: [message] });
    const policy = { ...FIELDS, files: ['file_ops'] };
    const { send } = createTestProxy(answer, { user: getUser, ownership, policy });
    const headers = { 'x-user': 'ann' };
    await send('GET', '/v1/threads/thread_1/messages', { headers });
    expect((await send('DELETE', '/v1/files/file_ops', { headers })).status).toBe(404);
  },
);

it.each(['listAssistants', 'listFiles'] as const)('%s needs policy.sharedLists', async (list) => {
  const refused = await createOwnedProxy();
  expect((await refused.call('ann', list, '')).status).toBe(403);
  const shared = await createOwnedProxy({ policy: { sharedLists: [list] } });
  expect((await shared.call('ann', list, '')).status).toBe(200);
});

it('listThreads needs policy.sharedLists, or an ownership adapter that lists', async () => {
  const { claim, owns } = memoryOwnership();
  const refused = await createOwnedProxy({ ownership: { claim, owns } });
  expect((await refused.call('ann', 'listThreads', '')).status).toBe(403);
  expect(refused.seen).toEqual([]);
  const shared = await createOwnedProxy({ policy: { sharedLists: ['listThreads'] } });
  expect((await shared.call('ann', 'listThreads', '')).status).toBe(200);
});

describe('authorize', () => {
  it.each([undefined, null, false, 0, 1, '', 'true', {}, [true]])(
    'hides the target if it returns %j',
    async (answer) => {
      const { send, seen } = createTestProxy(respondThread, {
        // Callers without types can return anything.
        authorize: (async () => answer) as unknown as NonNullable<ProxyOptions['authorize']>,
      });
      expect((await send('GET', '/v1/threads/thread_1')).status).toBe(404);
      expect((await send('POST', '/v1/threads')).status).toBe(404);
      expect(seen).toEqual([]);
    },
  );

  it('gets the user, the parsed body and all objects that the request names', async () => {
    const targets: ProxyTarget[] = [];
    const { post } = createTestProxy(respondThread, {
      user: getUser,
      authorize: (_, target) => targets.push(target) > 0,
    });
    const body = {
      assistant_id: 'asst_1',
      additional_messages: [{ role: 'user', content: 'x', file_ids: ['file_1'] }],
    };
    await post('/threads/thread_1/runs', body, { 'x-user': 'ann' });
    expect(targets).toEqual([
      {
        operation: 'createRun',
        params: { thread_id: 'thread_1' },
        user: 'ann',
        body,
        objects: [
          { type: 'thread', id: 'thread_1', isChanged: true },
          { type: 'assistant', id: 'asst_1', isChanged: false },
          { type: 'file', id: 'file_1', isChanged: false },
        ],
      },
    ]);
  });

  it('cannot grant files, vector stores and assistants that the policy does not list', async () => {
    const { post, send, seen } = createTestProxy(respondThread, { policy: FIELDS });
    const message = { role: 'user', content: 'x', file_ids: ['file_1'] };
    const store = { tool_resources: { file_search: { vector_store_ids: ['vs_1'] } } };
    const answers = [
      await post('/threads/thread_1/messages', message),
      await post('/threads', store),
      await post('/threads/thread_1/runs', { assistant_id: 'asst_1' }),
      await send('GET', '/v1/files/file_1'),
      await send('GET', '/v1/assistants/asst_1'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(seen).toEqual([]);
    expect((await send('GET', '/v1/threads/thread_1')).status).toBe(200);
  });

  it('decides after ownership, and cannot override it', async () => {
    const { call } = await createOwnedProxy({ authorize: () => true });
    expect((await call('ann', 'getThread', 'bob')).status).toBe(404);
    const { call: refused } = await createOwnedProxy({ authorize: () => false });
    expect((await refused('ann', 'getThread', 'ann')).status).toBe(404);
  });
});

describe('user', () => {
  it.each([undefined, null, '', ' ', false])('gets a 401 first if it is %j', async (id) => {
    let asked = 0;
    const { send, seen } = createTestProxy(respondThread, {
      user: (() => id) as unknown as NonNullable<ProxyOptions['user']>,
      authorize: () => {
        asked += 1;
        return true;
      },
    });
    const answers = [
      await send('GET', '/v1/threads/thread_1'),
      await send('GET', '/v1/unknown'),
      await send('POST', '/v1/threads', { headers: JSON_TYPE, body: '{' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(await answers[0]?.json()).toMatchObject({ error: { code: 'unauthorized' } });
    expect([asked, seen.length]).toEqual([0, 0]);
  });

  it.each([1, {}, true, 'ann\u0000'])('must be a string, not %j', async (id) => {
    const { send, errors } = createTestProxy(respondThread, {
      user: (() => id) as unknown as NonNullable<ProxyOptions['user']>,
    });
    expect((await send('GET', '/v1/threads/thread_1')).status).toBe(500);
    expect(String(errors[0])).toContain('`user` must return a string');
  });
});

describe('createProxy', () => {
  const valid = { upstream: 'https://api.example/v1', allow: operationIds, authorize: () => true };
  const { authorize: _, ...unprotected } = valid;

  it.each<[string, object, RegExp]>([
    ['no ownership and no authorize', unprotected, /`ownership` or `authorize` is required/],
    ['ownership without user', { ...valid, ownership: memoryOwnership() }, /`user` is required/],
    ['onThreadCreated without user', { ...valid, onThreadCreated() {} }, /`user` is required/],
    ['an unknown operation', { ...valid, allow: ['getThreads'] }, /unknown operation 'getThreads'/],
    ['an empty key', { ...valid, apiKey: '' }, /`apiKey` is empty/],
    ['a relative address', { ...valid, upstream: '/v1' }, /`upstream` must be an absolute/],
    ['a password', { ...valid, upstream: 'https://a:b@c.example' }, /`upstream` must not contain/],
    ['a limit of 0', { ...valid, limits: { bodyBytes: 0 } }, /`limits.bodyBytes` must be greater/],
    ['an unknown limit', { ...valid, limits: { body: 1 } }, /`limits.body` is not a limit/],
    ['a rate of 0', { ...valid, rateLimit: { requestsPerMinute: 0 } }, /must be greater than 0/],
  ])('refuses %s', (_name, options, message) => {
    // Callers without types can pass anything.
    expect(() => createProxy(options as ProxyOptions)).toThrow(message);
  });
});

describe('new objects', () => {
  it.each([true, false])(
    'belong to the caller that has created them, stream %s',
    async (stream) => {
      const { as } = createBackendProxy({ policy: FIELDS });
      const [ann, bob] = [as('ann'), as('bob')];
      const assistant = await ann.json('POST', '/assistants', { model: 'm' });
      const file = await ann.upload();
      const thread = await ann.json('POST', '/threads', {
        tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } },
      });
      const stores = thread['tool_resources'] as { file_search: { vector_store_ids: string[] } };
      const store = { tool_resources: stores };
      const run = await ann.send('POST', '/threads/runs', { assistant_id: assistant.id, stream });
      const runThread = /"thread_id":"(\w+)"/.exec(await run.text())?.[1] ?? '';
      const paths = [
        `/assistants/${assistant.id}`,
        `/files/${file.id}`,
        `/threads/${thread.id}`,
        `/threads/${runThread}`,
      ];
      for (const path of paths) {
        expect((await ann.send('GET', path)).status).toBe(200);
        expect((await bob.send('GET', path)).status).toBe(404);
      }
      expect((await ann.send('POST', '/threads', store)).status).toBe(200);
      expect((await bob.send('POST', '/threads', store)).status).toBe(404);
    },
  );

  it('are not sent if they belong to another user, or have no id', async () => {
    const ownership = memoryOwnership();
    await ownership.claim('bob', { type: 'thread', id: 'thread_1' });
    const options = { user: getUser, ownership };
    const taken = createTestProxy(respondThread, options);
    const response = await taken.post('/threads', {}, { 'x-user': 'ann' });
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain('thread_1');
    for (const id of [undefined, null, '', 5, '../x', 'runs']) {
      const { post } = createTestProxy(() => Response.json({ id }), options);
      expect((await post('/threads', {}, { 'x-user': 'ann' })).status).toBe(502);
    }
  });

  it('are announced before their id is sent, except if a response is repeated', async () => {
    const announced: string[] = [];
    const { as } = createBackendProxy({
      onThreadCreated: (request, id) => void announced.push(`${getUser(request)} ${id}`),
    });
    const key = { 'idempotency-key': 'key-1' };
    const first = await as('ann').json('POST', '/threads', {}, key);
    const again = await as('ann').json('POST', '/threads', {}, key);
    const other = await as('bob').json('POST', '/threads', {}, key);
    expect(again).toEqual(first);
    expect(other.id).not.toBe(first.id);
    expect(announced).toEqual([`ann ${first.id}`, `bob ${other.id}`]);
  });

  it('belong to their user after a response that was lost', async () => {
    let isLost = true;
    const ownership = memoryOwnership();
    const { as, backend } = createBackendProxy({
      ownership,
      fetch: async (input, init) => {
        const response = await backend.fetch(new Request(input, init));
        if (!isLost) return response;
        isLost = false;
        throw new TypeError('The connection broke.');
      },
    });
    const key = { 'idempotency-key': 'key-1' };
    expect((await as('ann').send('POST', '/threads', {}, key)).status).toBe(502);
    const thread = await as('ann').json('POST', '/threads', {}, key);
    expect((await as('ann').send('GET', `/threads/${thread.id}`)).status).toBe(200);
  });
});

describe('files that a run creates', () => {
  const message = (role: string, extra: object) => ({
    id: 'msg_1',
    object: 'thread.message',
    run_id: 'run_1',
    role,
    content: [],
    ...extra,
  });
  const annotated = {
    content: [
      { type: 'image_file', image_file: { file_id: 'file-image' } },
      {
        type: 'text',
        text: {
          value: 'x',
          annotations: [
            { type: 'file_path', file_path: { file_id: 'file-path' } },
            { type: 'file_citation', file_citation: { file_id: 'file-cited' } },
          ],
        },
      },
    ],
    attachments: [{ file_id: 'file-attached', tools: [] }],
  };
  const step = {
    id: 'step_1',
    object: 'thread.run.step',
    step_details: {
      type: 'tool_calls',
      tool_calls: [
        {
          type: 'code_interpreter',
          code_interpreter: { outputs: [{ type: 'image', image: { file_id: 'file-plot' } }] },
        },
      ],
    },
  };

  it.each<[string, string, object, string[]]>([
    [
      'an answer',
      '/threads/thread_ann/messages',
      { data: [message('assistant', annotated)] },
      ['file-image', 'file-path', 'file-attached'],
    ],
    ['a question', '/threads/thread_ann/messages', { data: [message('user', annotated)] }, []],
    ['a step', '/threads/thread_ann/runs/run_1/steps/step_1', step, ['file-plot']],
  ])('belong to the user of the thread, seen in %s', async (_name, path, body, readable) => {
    const created = await createOwnedProxy({
      fetch: async () => Response.json(body),
    });
    await created.send('GET', `/v1${path}`, { headers: { 'x-user': 'ann' } });
    const files = ['file-image', 'file-path', 'file-attached', 'file-cited', 'file-plot'];
    for (const user of ['ann', 'bob']) {
      const found: string[] = [];
      for (const file of files) {
        const response = await created.send('GET', `/v1/files/${file}`, {
          headers: { 'x-user': user },
        });
        if (response.status === 200) found.push(file);
      }
      expect(found).toEqual(user === 'ann' ? readable : []);
    }
  });
});
