import { gzipSync } from 'node:zlib';
import { afterEach, expect, it, vi } from 'vitest';
import { createBackend } from '../../src/backend/createBackend.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { APP, callBackend, JSON_TYPE, KEY } from './createTestProxy.js';
import { loadDocumentedProxy } from './loadDocumentedProxy.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const SECRET = /TOP SECRET|sk-server|operator file/;

/** Runs the documented proxy for two users. Bob has a thread, a run, a message, a file and a vector store. */
async function createProxyHarness() {
  const backend = createBackend({ model: scriptedModel(), apiKeys: [KEY] });
  const operator = (method: string, path: string, body?: object) =>
    callBackend(backend, method, path, body);
  const shared = await operator('POST', '/assistants', { model: 'm' });
  const hidden = await operator('POST', '/assistants', {
    model: 'm',
    instructions: 'TOP SECRET instructions',
  });
  const upstream: Request[] = [];
  const harness = {
    respond: (request: Request): Response | Promise<Response> => backend.fetch(request),
  };
  vi.stubGlobal('fetch', async (input: URL, init: RequestInit) => {
    const request = new Request(input, init);
    upstream.push(request.clone());
    return harness.respond(request);
  });
  const proxy = loadDocumentedProxy({
    secretKey: KEY,
    assistantId: shared.id,
    getUserId: (request) => /session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1],
  });
  const send = (user: string, method: string, path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (user !== '') headers.set('cookie', `session=${user}`);
    return proxy.fetch(new Request(APP + path, { ...init, method, headers }));
  };
  const post = (user: string, path: string, body: object, headers = {}) =>
    send(user, 'POST', path, {
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
  const upload = (user: string, parts: [string, string | File][]) => {
    const form = new FormData();
    for (const [name, value] of parts) form.append(name, value);
    return send(user, 'POST', '/v1/files', { body: form });
  };
  const read = async (response: Response) =>
    (await response.json()) as Record<string, unknown> & { id: string };

  const file = await read(
    await upload('bob', [
      ['purpose', 'assistants'],
      ['file', new File(['TOP SECRET file'], 'bob.txt')],
    ]),
  );
  const run = await read(
    await post(
      'bob',
      '/v1/threads/runs',
      {
        assistant_id: shared.id,
        thread: { messages: [{ role: 'user', content: 'TOP SECRET message' }] },
      },
      { 'idempotency-key': 'key-of-bob' },
    ),
  );
  await backend.idle();
  const threadId = String(run['thread_id']);
  const page = await operator('GET', `/threads/${threadId}/messages`);
  const [message] = page['data'] as { id: string }[];
  const steps = await operator('GET', `/threads/${threadId}/runs/${run.id}/steps`);
  const [step] = steps['data'] as { id: string }[];
  const storeThread = await operator('POST', '/threads', {
    tool_resources: { file_search: { vector_stores: [{ file_ids: [file.id] }] } },
  });
  const resources = storeThread['tool_resources'] as {
    file_search: { vector_store_ids: string[] };
  };
  const ids = {
    shared: shared.id,
    hidden: hidden.id,
    file: file.id,
    thread: threadId,
    run: run.id,
    message: message?.id ?? '',
    step: step?.id ?? '',
    store: resources.file_search.vector_store_ids[0] ?? '',
    own: (await read(await post('ann', '/v1/threads', {}))).id,
  };
  const snapshot = async () =>
    JSON.stringify([
      await operator('GET', '/assistants'),
      await operator('GET', '/files'),
      await operator('GET', `/threads/${threadId}`),
      await operator('GET', `/threads/${threadId}/messages`),
      await operator('GET', `/threads/${threadId}/runs`),
    ]);
  return { backend, harness, upstream, send, post, upload, read, ids, snapshot };
}

type ProxyHarness = Awaited<ReturnType<typeof createProxyHarness>>;
type Attack = (harness: ProxyHarness) => Promise<Response>;

const MIB = 1024 * 1024;
const user = 'user' as const;
const get =
  (path: (ids: ProxyHarness['ids']) => string): Attack =>
  ({ send, ids }) =>
    send('ann', 'GET', path(ids));
const del =
  (path: (ids: ProxyHarness['ids']) => string): Attack =>
  ({ send, ids }) =>
    send('ann', 'DELETE', path(ids));
const post =
  (
    path: (ids: ProxyHarness['ids']) => string,
    body: (ids: ProxyHarness['ids']) => object,
    headers = {},
  ): Attack =>
  (harness) =>
    harness.post('ann', path(harness.ids), body(harness.ids), headers);
/** A JSON body as bytes or text, so that it can be malformed. */
const raw =
  (
    path: (ids: ProxyHarness['ids']) => string,
    body: (ids: ProxyHarness['ids']) => string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = JSON_TYPE,
  ): Attack =>
  ({ send, ids }) =>
    send('ann', 'POST', path(ids), { headers, body: body(ids) });
const hiddenRun = ({ hidden }: ProxyHarness['ids']) => JSON.stringify({ assistant_id: hidden });
const encodeUtf16 = (value: string) => new Uint8Array(Buffer.from(value, 'utf16le'));
const ownRun = ({ own }: ProxyHarness['ids']) => `/v1/threads/${own}/runs`;
const ownMessages = ({ own }: ProxyHarness['ids']) => `/v1/threads/${own}/messages`;

/** Requests of ann, who may use her own objects and one assistant. None may reach the upstream server. */
const denied: Record<string, Attack> = {
  // Ids of other users in paths.
  "another user's thread": get(({ thread }) => `/v1/threads/${thread}`),
  'its messages': get(({ thread }) => `/v1/threads/${thread}/messages`),
  'one message': get(({ thread, message }) => `/v1/threads/${thread}/messages/${message}`),
  'its runs': get(({ thread }) => `/v1/threads/${thread}/runs`),
  'one run': get(({ thread, run }) => `/v1/threads/${thread}/runs/${run}`),
  'its steps': get(({ thread, run }) => `/v1/threads/${thread}/runs/${run}/steps`),
  'one step': get(({ thread, run, step }) => `/v1/threads/${thread}/runs/${run}/steps/${step}`),
  'a message to it': post(
    ({ thread }) => `/v1/threads/${thread}/messages`,
    () => ({ role: 'user', content: 'x' }),
  ),
  'a run on it': post(
    ({ thread }) => `/v1/threads/${thread}/runs`,
    ({ shared }) => ({ assistant_id: shared }),
  ),
  'a stream on it': post(
    ({ thread }) => `/v1/threads/${thread}/runs`,
    ({ shared }) => ({ assistant_id: shared, stream: true }),
  ),
  'cancelling its run': post(
    ({ thread, run }) => `/v1/threads/${thread}/runs/${run}/cancel`,
    () => ({}),
  ),
  'outputs for its run': post(
    ({ thread, run }) => `/v1/threads/${thread}/runs/${run}/submit_tool_outputs`,
    () => ({ tool_outputs: [] }),
  ),
  'deleting its message': del(({ thread, message }) => `/v1/threads/${thread}/messages/${message}`),
  'changing it': post(
    ({ thread }) => `/v1/threads/${thread}`,
    () => ({ metadata: {} }),
  ),
  'deleting it': del(({ thread }) => `/v1/threads/${thread}`),
  "another user's file": get(({ file }) => `/v1/files/${file}`),
  'its content': get(({ file }) => `/v1/files/${file}/content`),
  'deleting the file': del(({ file }) => `/v1/files/${file}`),
  'all files': get(() => '/v1/files'),
  'all assistants': get(() => '/v1/assistants'),
  'all threads': get(() => '/v1/threads'),
  'a hidden assistant': get(({ hidden }) => `/v1/assistants/${hidden}`),
  'changing the shared assistant': post(
    ({ shared }) => `/v1/assistants/${shared}`,
    () => ({ instructions: 'x' }),
  ),
  'deleting the shared assistant': del(({ shared }) => `/v1/assistants/${shared}`),
  'a vector store': get(({ store }) => `/v1/vector_stores/${store}`),

  // Ids of other users, and parts that the policy does not allow, in bodies.
  'a run of a hidden assistant': post(ownRun, ({ hidden }) => ({ assistant_id: hidden })),
  'a new thread with a hidden assistant': post(
    () => '/v1/threads/runs',
    ({ hidden }) => ({ assistant_id: hidden }),
  ),
  'two assistants in one body': ({ send, ids }) =>
    send('ann', 'POST', ownRun(ids), {
      headers: JSON_TYPE,
      body: `{"assistant_id":"${ids.shared}","assistant_id":"${ids.hidden}"}`,
    }),
  'an assistant with an escaped name': ({ send, ids }) =>
    send('ann', 'POST', ownRun(ids), {
      headers: JSON_TYPE,
      body: `{"assistant_id":"${ids.shared}","\\u0061ssistant_id":"${ids.hidden}"}`,
    }),
  'another model': post(ownRun, ({ shared }) => ({ assistant_id: shared, model: 'expensive' })),
  'own instructions': post(ownRun, ({ shared }) => ({ assistant_id: shared, instructions: 'x' })),
  'additional instructions': post(ownRun, ({ shared }) => ({
    assistant_id: shared,
    additional_instructions: 'x',
  })),
  'own tools': post(ownRun, ({ shared }) => ({
    assistant_id: shared,
    tools: [{ type: 'file_search' }],
  })),
  'no tools': post(ownRun, ({ shared }) => ({ assistant_id: shared, tools: [] })),
  'own settings': post(ownRun, ({ shared }) => ({ assistant_id: shared, temperature: 2 })),
  'an unknown field': post(ownRun, ({ shared }) => ({ assistant_id: shared, user: 'bob' })),
  'a field named like a prototype': ({ send, ids }) =>
    send('ann', 'POST', ownRun(ids), {
      headers: JSON_TYPE,
      body: `{"assistant_id":"${ids.shared}","__proto__":{"model":"x"}}`,
    }),
  'own metadata': post(
    () => '/v1/threads',
    () => ({ metadata: { plan: 'enterprise' } }),
  ),
  'a message of the assistant': post(ownMessages, () => ({ role: 'assistant', content: 'x' })),
  'a message of the system': post(ownMessages, () => ({ role: 'system', content: 'x' })),
  'an assistant message in a new thread': post(
    () => '/v1/threads',
    () => ({ messages: [{ role: 'assistant', content: 'x' }] }),
  ),
  'an assistant message in a run': post(ownRun, ({ shared }) => ({
    assistant_id: shared,
    additional_messages: [{ role: 'assistant', content: 'x' }],
  })),
  "another user's file in an attachment": post(ownMessages, ({ file }) => ({
    role: user,
    content: 'x',
    attachments: [{ file_id: file, tools: [{ type: 'file_search' }] }],
  })),
  "another user's file in file_ids": post(ownMessages, ({ file }) => ({
    role: user,
    content: 'x',
    file_ids: [file],
  })),
  "another user's file as an image": post(ownMessages, ({ file }) => ({
    role: user,
    content: [{ type: 'image_file', image_file: { file_id: file } }],
  })),
  'an image from the web': post(ownMessages, () => ({
    role: user,
    content: [{ type: 'image_url', image_url: { url: 'http://10.0.0.1/' } }],
  })),
  "another user's file in a new thread": post(
    () => '/v1/threads',
    ({ file }) => ({
      messages: [{ role: user, content: 'x', attachments: [{ file_id: file, tools: [] }] }],
    }),
  ),
  "another user's file in additional messages": post(ownRun, ({ shared, file }) => ({
    assistant_id: shared,
    additional_messages: [
      { role: user, content: 'x', attachments: [{ file_id: file, tools: [] }] },
    ],
  })),
  "another user's vector store": post(
    () => '/v1/threads',
    ({ store }) => ({ tool_resources: { file_search: { vector_store_ids: [store] } } }),
  ),
  "another user's file in a new vector store": post(
    () => '/v1/threads',
    ({ file }) => ({
      tool_resources: { file_search: { vector_stores: [{ file_ids: [file] }] } },
    }),
  ),
  "another user's file for code": post(
    () => '/v1/threads',
    ({ file }) => ({ tool_resources: { code_interpreter: { file_ids: [file] } } }),
  ),
  'nested tool resources': post(
    () => '/v1/threads/runs',
    ({ shared, store }) => ({
      assistant_id: shared,
      thread: { tool_resources: { file_search: { vector_store_ids: [store] } } },
    }),
  ),
  'tool resources beside the thread': post(
    () => '/v1/threads/runs',
    ({ shared, store }) => ({
      assistant_id: shared,
      tool_resources: { file_search: { vector_store_ids: [store] } },
    }),
  ),
  'tool resources of the own thread': post(
    ({ own }) => `/v1/threads/${own}`,
    ({ store }) => ({ tool_resources: { file_search: { vector_store_ids: [store] } } }),
  ),
  'an own assistant': post(
    () => '/v1/assistants',
    () => ({ model: 'expensive' }),
  ),
  'an upload with another purpose': ({ upload }) =>
    upload('ann', [
      ['purpose', 'fine-tune'],
      ['file', new File(['x'], 'a.txt')],
    ]),
  'an upload with an unknown field': ({ upload }) =>
    upload('ann', [
      ['purpose', 'assistants'],
      ['file', new File(['x'], 'a.txt')],
      ['expires_after[seconds]', '1'],
    ]),
  'an upload with two files': ({ upload }) =>
    upload('ann', [
      ['purpose', 'assistants'],
      ['file', new File(['x'], 'a.txt')],
      ['file', new File(['x'], 'b.txt')],
    ]),

  // Queries.
  "another user's message as a cursor": get(
    ({ own, thread }) => `/v1/threads/${own}/messages?after=../../${thread}`,
  ),
  "another user's path in run_id": get(
    ({ own, thread }) => `/v1/threads/${own}/messages?run_id=x%2F..%2F${thread}`,
  ),
  'passages of files': get(
    ({ own }) =>
      `/v1/threads/${own}/runs/run_1/steps?include[]=step_details.tool_calls[*].file_search.results[*].content`,
  ),

  // Paths, methods and headers.
  'a path that climbs': get(({ own, thread }) => `/v1/threads/${own}/../${thread}`),
  'a path that climbs with escapes': get(({ own, file }) => `/v1/threads/${own}/%2e%2e/${file}`),
  'an escaped slash': get(({ own, thread }) => `/v1/threads/${own}%2f..%2f${thread}`),
  'a double slash': get(({ thread }) => `/v1//threads/${thread}`),
  'a backslash': get(({ own, thread }) => `/v1/threads/${own}\\..\\${thread}`),
  'a semicolon': get(({ own, thread }) => `/v1/threads/${thread};${own}`),
  'another base path': get(() => '/v1/../v1/assistants'),
  'an absolute address': get(() => '/v1/http://10.0.0.1/assistants'),
  'method PUT': ({ send, ids }) => send('ann', 'PUT', `/v1/threads/${ids.thread}`),
  'method HEAD': ({ send, ids }) => send('ann', 'HEAD', `/v1/threads/${ids.thread}`),
  'a method override': ({ send, ids }) =>
    send('ann', 'POST', `/v1/threads/${ids.thread}`, {
      headers: { 'x-http-method-override': 'GET' },
    }),
  'no session': ({ send, ids }) => send('', 'GET', `/v1/threads/${ids.thread}`),
  'no session, and an own key': ({ send, ids }) =>
    send('', 'GET', `/v1/threads/${ids.thread}`, { headers: { authorization: `Bearer ${KEY}` } }),
  'a form of another page': ({ send, ids }) =>
    send('ann', 'POST', ownMessages(ids), {
      headers: { 'content-type': 'text/plain' },
      body: '{"role":"user","content":"x"}',
    }),
  'another site': async ({ send, ids }) => {
    // Scripts cannot set this header.
    const get = vi.spyOn(Headers.prototype, 'get').mockImplementation((name) => {
      return name === 'sec-fetch-site' ? 'cross-site' : null;
    });
    try {
      return await send('ann', 'GET', `/v1/threads/${ids.own}`);
    } finally {
      get.mockRestore();
    }
  },

  // Notations of the same request.
  'a body in UTF-16': raw(ownRun, (ids) => encodeUtf16(hiddenRun(ids)), {
    'content-type': 'application/json; charset=utf-16le',
  }),
  'a body with a byte order mark': raw(ownRun, (ids) => `\uFEFF${hiddenRun(ids)}`),
  'a compressed body': raw(ownRun, (ids) => new Uint8Array(gzipSync(hiddenRun(ids))), {
    ...JSON_TYPE,
    'content-encoding': 'gzip',
  }),
  'a body with comments': raw(
    ownRun,
    ({ shared, hidden }) => `{"assistant_id":"${shared}"/*","assistant_id":"${hidden}"*/}`,
  ),
  'two documents': raw(
    ownRun,
    ({ shared, hidden }) => `{"assistant_id":"${shared}"}\n{"assistant_id":"${hidden}"}`,
  ),
  'a list as the body': raw(ownRun, (ids) => `[${hiddenRun(ids)}]`),
  'a body inside of a string': raw(ownRun, (ids) => JSON.stringify(hiddenRun(ids))),
  'JSON of another type': raw(ownRun, hiddenRun, { 'content-type': 'application/json-patch+json' }),
  'two types': raw(ownRun, hiddenRun, { 'content-type': 'application/json, text/plain' }),
  'a form of fields': raw(ownRun, ({ hidden }) => `assistant_id=${hidden}`, {
    'content-type': 'application/x-www-form-urlencoded',
  }),
  'a form in place of JSON': ({ send, ids }) => {
    const form = new FormData();
    form.set('assistant_id', ids.hidden);
    return send('ann', 'POST', ownRun(ids), { body: form });
  },
  'JSON in place of a form': raw(
    () => '/v1/files',
    ({ file }) => JSON.stringify({ purpose: 'assistants', file }),
  ),
  'an assistant in a list': post(ownRun, ({ hidden }) => ({ assistant_id: [hidden] })),
  'an assistant in an object': post(ownRun, ({ hidden }) => ({ assistant_id: { id: hidden } })),
  'an assistant with a space': post(ownRun, ({ hidden }) => ({ assistant_id: `${hidden} ` })),
  'an assistant with NUL': post(ownRun, ({ shared }) => ({ assistant_id: `${shared}\0` })),
  'an assistant as a path': post(ownRun, ({ shared, hidden }) => ({
    assistant_id: `${shared}/../${hidden}`,
  })),
  'a field in another case': post(ownRun, ({ shared, hidden }) => ({
    assistant_id: shared,
    Assistant_Id: hidden,
  })),
  'a stream as a string': post(ownRun, ({ shared }) => ({ assistant_id: shared, stream: 'true' })),
  'messages that are not a list': post(ownRun, ({ shared, file }) => ({
    assistant_id: shared,
    additional_messages: { 0: { role: user, content: 'x', file_ids: [file] } },
  })),
  'a thread that is a list': post(
    () => '/v1/threads/runs',
    ({ shared, file }) => ({
      assistant_id: shared,
      thread: [{ messages: [{ role: user, content: 'x', file_ids: [file] }] }],
    }),
  ),
  'a role in a list': post(ownMessages, () => ({ role: ['assistant'], content: 'x' })),
  'content that is an object': post(ownMessages, ({ file }) => ({
    role: user,
    content: { type: 'image_file', image_file: { file_id: file } },
  })),
  'a part of two types': post(ownMessages, ({ file }) => ({
    role: user,
    content: [{ type: 'text', text: 'x', image_file: { file_id: file } }],
  })),
  'a part with a type of prototypes': post(ownMessages, ({ file }) => ({
    role: user,
    content: [{ type: 'constructor', image_file: { file_id: file } }],
  })),
  'a part inside of a list': post(ownMessages, ({ file }) => ({
    role: user,
    content: [[{ type: 'image_file', image_file: { file_id: file } }]],
  })),
  'an attachment with a file beside it': post(ownMessages, ({ file }) => ({
    role: user,
    content: 'x',
    attachments: [{ tools: [{ type: 'file_search', file_id: file }] }],
  })),
  'an attachment with tools of functions': post(ownMessages, ({ file }) => ({
    role: user,
    content: 'x',
    attachments: [{ file_id: file, tools: [{ type: 'function' }] }],
  })),
  'removing metadata': post(
    ({ own }) => `/v1/threads/${own}`,
    () => ({ metadata: null }),
  ),
  'an upload with two purposes': ({ upload }) =>
    upload('ann', [
      ['purpose', 'assistants'],
      ['purpose', 'fine-tune'],
      ['file', new File(['x'], 'a.txt')],
    ]),
  'an upload of a text': ({ upload, ids }) =>
    upload('ann', [
      ['purpose', 'assistants'],
      ['file', ids.file],
    ]),
  'an upload whose purpose is a file': ({ upload }) =>
    upload('ann', [
      ['purpose', new File(['assistants'], 'purpose')],
      ['file', new File(['x'], 'a.txt')],
    ]),
  'an upload without a boundary': ({ send }) =>
    send('ann', 'POST', '/v1/files', {
      headers: { 'content-type': 'multipart/form-data' },
      body: '--x\r\ncontent-disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n--x--',
    }),
  'a slash at the end': get(({ thread }) => `/v1/threads/${thread}/`),
  'NUL in a path': get(({ own, thread }) => `/v1/threads/${thread}%00${own}`),
  'a wide slash': get(({ own, thread }) => `/v1/threads/${own}\uFF0F${thread}`),
  'a base path in another case': get(({ thread }) => `/V1/threads/${thread}`),
  'a path that is escaped twice': get(
    ({ own, thread }) => `/v1/threads/${own}%252f..%252f${thread}`,
  ),
  'a method in the query': post(
    ({ thread }) => `/v1/threads/${thread}?_method=GET`,
    () => ({}),
  ),
  'a body with a DELETE': ({ send, ids }) =>
    send('ann', 'DELETE', `/v1/threads/${ids.thread}`, { headers: JSON_TYPE, body: '{}' }),
  'method OPTIONS': ({ send, ids }) =>
    send('ann', 'OPTIONS', `/v1/threads/${ids.thread}`, {
      headers: { 'access-control-request-method': 'GET', origin: 'https://evil.example' },
    }),
  'an idempotency key of 10,000 characters': post(
    ownRun,
    ({ shared }) => ({ assistant_id: shared }),
    { 'idempotency-key': 'k'.repeat(10_000) },
  ),
  'a limit that is not a number': get(({ own }) => `/v1/threads/${own}/messages?limit=1e9`),
  'a session of two users': ({ send, ids }) =>
    send('', 'GET', `/v1/threads/${ids.thread}`, { headers: { 'x-user': 'bob' } }),

  // Sizes.
  'an oversized body': post(ownMessages, () => ({ role: user, content: 'x'.repeat(MIB) })),
  'an oversized upload': ({ upload }) =>
    upload('ann', [
      ['purpose', 'assistants'],
      ['file', new File([new Uint8Array(32 * MIB)], 'a.bin')],
    ]),
  'a deep body': ({ send, ids }) =>
    send('ann', 'POST', ownMessages(ids), {
      headers: JSON_TYPE,
      body: `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    }),
  'thousands of ids': post(ownMessages, () => ({
    role: user,
    content: 'x',
    file_ids: Array.from({ length: 5_000 }, (_, index) => `file-${index}`),
  })),
  'a body that is not UTF-8': ({ send, ids }) =>
    send('ann', 'POST', ownMessages(ids), {
      headers: JSON_TYPE,
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    }),
};

it.each(Object.entries(denied))('the documented proxy denies %s', async (_, attack) => {
  const created = await createProxyHarness();
  const before = await created.snapshot();
  created.upstream.length = 0;
  const response = await attack(created);
  const text = await response.text();
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(text).not.toMatch(SECRET);
  expect(created.upstream).toEqual([]);
  expect(await created.snapshot()).toBe(before);
});

it('covers at least 120 attacks', () => {
  expect(Object.keys(denied).length).toBeGreaterThanOrEqual(120);
});

it('forwards nothing of the headers and the query that a caller adds', async () => {
  const { send, upstream, ids } = await createProxyHarness();
  upstream.length = 0;
  const path = `/v1/threads/${ids.own}/messages?thread_id=${ids.thread}&api-key=x&limit=1&limit=9`;
  const response = await send('ann', 'GET', path, {
    headers: {
      authorization: 'Bearer other',
      'openai-organization': 'org-other',
      'openai-beta': 'assistants=v2, other=1',
      'x-forwarded-for': '10.0.0.1',
      'x-original-url': `/v1/threads/${ids.thread}`,
      'x-http-method-override': 'DELETE',
    },
  });
  expect(response.status).toBe(200);
  const [sent] = upstream;
  expect([sent?.method, sent?.url]).toEqual([
    'GET',
    `https://api.example.com/v1/threads/${ids.own}/messages?limit=1`,
  ]);
  expect(Object.fromEntries(sent?.headers ?? [])).toEqual({
    accept: '*/*',
    authorization: `Bearer ${KEY}`,
  });
});

it("gives a caller nothing for another user's idempotency key", async () => {
  const { post: send, read, ids } = await createProxyHarness();
  const body = {
    assistant_id: ids.shared,
    thread: { messages: [{ role: 'user', content: 'TOP SECRET message' }] },
  };
  const headers = { 'idempotency-key': 'key-of-bob' };
  const run = await read(await send('ann', '/v1/threads/runs', body, headers));
  expect(run['thread_id']).not.toBe(ids.thread);
  const again = await read(await send('bob', '/v1/threads/runs', body, headers));
  expect(again['thread_id']).toBe(ids.thread);
});

it('follows no redirect, and names its address', async () => {
  const { harness, send, upstream, ids } = await createProxyHarness();
  upstream.length = 0;
  harness.respond = () => Response.redirect('https://evil.example/v1?key=sk-server-secret', 307);
  const response = await send('ann', 'GET', `/v1/threads/${ids.own}/messages`);
  const text = await response.text();
  expect(response.status).toBe(502);
  expect(text).toContain('https://evil.example/v1');
  expect(text).not.toMatch(SECRET);
  expect(upstream.map(({ url, redirect }) => [new URL(url).host, redirect])).toEqual([
    ['api.example.com', 'manual'],
  ]);
});

it('gives up on a server that does not respond', async () => {
  const { harness, send, ids } = await createProxyHarness();
  vi.useFakeTimers();
  harness.respond = () => new Promise(() => {});
  const response = send('ann', 'GET', `/v1/threads/${ids.own}/messages`);
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await response).status).toBe(502);
});

it.each(['thread', 'file'] as const)('answers the same for a %s of another user', async (type) => {
  const { send, ids } = await createProxyHarness();
  const path = { thread: '/v1/threads/ID/messages', file: '/v1/files/ID/content' }[type];
  const read = async (id: string) => {
    const response = await send('ann', 'GET', path.replace('ID', id));
    return [response.status, [...response.headers], await response.text()];
  };
  expect(await read(ids[type])).toEqual(await read(`${type}_missing`));
});

it('lets each user use their own objects', async () => {
  const { backend, post: send, send: request, upload, read } = await createProxyHarness();
  const file = await read(
    await upload('ann', [
      ['purpose', 'assistants'],
      ['file', new File(['own text'], 'own.txt')],
    ]),
  );
  const content = await request('ann', 'GET', `/v1/files/${file.id}/content`);
  expect(await content.text()).toBe('own text');
  const thread = await read(
    await send('ann', '/v1/threads', {
      messages: [{ role: 'user', content: 'x', attachments: [{ file_id: file.id, tools: [] }] }],
    }),
  );
  await backend.idle();
  const messages = await request('ann', 'GET', `/v1/threads/${thread.id}/messages`);
  expect(await messages.text()).toContain(file.id);
});
