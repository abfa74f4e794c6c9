import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { requestOf, testBackend } from '../testBackend.js';

const NO_KEY =
  "You didn't provide an API key. Provide it in an Authorization header of the form 'Authorization: Bearer KEY'.";

it.each([
  ['no key', {}, NO_KEY],
  ['another scheme', { authorization: 'Basic sk-right' }, NO_KEY],
  ['a wrong key', { authorization: 'Bearer sk-wrong' }, 'Incorrect API key provided.'],
  ['the beginning of a key', { authorization: 'Bearer sk-righ' }, 'Incorrect API key provided.'],
  ['a key and more', { authorization: 'Bearer sk-right2' }, 'Incorrect API key provided.'],
])('answers 401 to %s', async (_, headers: Record<string, string>, message) => {
  const { send } = testBackend({ apiKeys: ['sk-right'] });
  const { status, body } = await send('GET', '/v1/assistants', undefined, headers);
  expect(status).toBe(401);
  expect(body).toEqual({
    error: { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' },
  });
});

it.each([
  { authorization: 'Bearer sk-b' },
  { authorization: 'bearer sk-a' },
  { 'api-key': 'sk-b' },
])('lets %j in when it is one of the keys', async (headers: Record<string, string>) => {
  const { send } = testBackend({ apiKeys: ['sk-a', 'sk-b'] });
  expect((await send('GET', '/v1/assistants', undefined, headers)).status).toBe(200);
});

it('asks for no key when it was given none', async () => {
  const { send } = testBackend();
  expect((await send('GET', '/v1/assistants')).status).toBe(200);
  expect(
    (await send('GET', '/v1/assistants', undefined, { authorization: 'Bearer any' })).status,
  ).toBe(200);
});

it.each(['assistants=v3', 'v2', '', 'assistants'])(
  'answers 400 to the beta header %j',
  async (beta) => {
    const { send } = testBackend();
    const { status, body } = await send('GET', '/v1/assistants', undefined, {
      'openai-beta': beta,
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_beta',
    });
    expect(body.error?.message).toContain(
      "You must provide the 'OpenAI-Beta' header to access the Assistants API.",
    );
  },
);

it.each([
  ['GET', '/v1/nothing'],
  ['GET', '/v1'],
  ['GET', '/'],
  ['POST', '/v1/threads/'],
  ['GET', '/v1/assistants/'],
  ['DELETE', '/v1/files/file-1/'],
  ['POST', '/v1/threads/thread_1/runs/'],
  ['GET', '/v1/threads//messages'],
  ['GET', '/v1//threads/thread_1'],
  ['POST', '/v2/threads'],
  ['GET', '/v1/threads/thread_1/messages/msg_1/files/file-1/more'],
])('answers 404 to the unknown %s %s', async (method, path) => {
  const { status, body } = await testBackend().send(method, path);
  expect(status).toBe(404);
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param: null, code: null });
  expect(body.error?.message).toMatch(/^Invalid URL \(/);
});

it.each([
  ['PUT', '/v1/assistants', 'GET, POST'],
  ['PATCH', '/v1/threads/thread_1', 'GET, POST, DELETE'],
  ['DELETE', '/v1/threads', 'POST'],
  ['DELETE', '/v1/threads/thread_1/runs/run_1', 'GET, POST'],
  ['GET', '/v1/threads/thread_1/runs/run_1/cancel', 'POST'],
])('answers 405 to %s %s, and says what is allowed', async (method, path, allow) => {
  const { status, body, headers } = await testBackend().send(method, path);
  expect(status).toBe(405);
  expect(headers.get('allow')).toBe(allow);
  expect(Object.keys(body.error ?? {})).toEqual(['message', 'type', 'param', 'code']);
});

it.each([
  ['GET', '/assistants/asst_no', 'assistant', 'asst_no'],
  ['POST', '/assistants/asst_no', 'assistant', 'asst_no'],
  ['DELETE', '/assistants/asst_no', 'assistant', 'asst_no'],
  ['GET', '/assistants/asst_no/files', 'assistant', 'asst_no'],
  ['GET', '/threads/thread_no', 'thread', 'thread_no'],
  ['POST', '/threads/thread_no', 'thread', 'thread_no'],
  ['DELETE', '/threads/thread_no', 'thread', 'thread_no'],
  ['GET', '/threads/thread_no/messages', 'thread', 'thread_no'],
  ['GET', '/threads/thread_no/messages/msg_no', 'thread', 'thread_no'],
  ['GET', '/threads/THREAD/messages/msg_no', 'message', 'msg_no'],
  ['POST', '/threads/THREAD/messages/msg_no', 'message', 'msg_no'],
  ['DELETE', '/threads/THREAD/messages/msg_no', 'message', 'msg_no'],
  ['GET', '/threads/THREAD/messages/msg_no/files', 'message', 'msg_no'],
  ['GET', '/threads/THREAD/messages/msg_no/files/file-no', 'message', 'msg_no'],
  ['GET', '/threads/THREAD/runs/run_no', 'run', 'run_no'],
  ['POST', '/threads/THREAD/runs/run_no/cancel', 'run', 'run_no'],
  ['GET', '/threads/THREAD/runs/run_no/steps', 'run', 'run_no'],
  ['GET', '/files/file-no', 'file', 'file-no'],
  ['DELETE', '/files/file-no', 'file', 'file-no'],
  ['GET', '/files/file-no/content', 'file', 'file-no'],
])('answers 404 to %s %s', async (method, path, kind, id) => {
  const { send, create } = testBackend();
  const thread = await create('/v1/threads');
  const { status, body } = await send(
    method,
    `/v1${path.replace('THREAD', thread)}`,
    method === 'POST' ? {} : undefined,
  );
  expect(status).toBe(404);
  expect(body).toEqual({
    error: {
      message: `No ${kind} found with id '${id}'.`,
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  });
});

it.each([
  ['/v1/threads/runs', 'thread', 'runs'],
  ['/v1/threads/runs/messages', 'thread', 'runs'],
  ['/v1/threads/%2e%2e%2fassistants', 'thread', '../assistants'],
  ['/v1/threads/a%2Fmessages', 'thread', 'a/messages'],
  ['/v1/threads/a%00b', 'thread', 'a\0b'],
  ['/v1/threads/_a', 'thread', '_a'],
  ['/v1/assistants/a.b', 'assistant', 'a.b'],
  [`/v1/assistants/${'a'.repeat(129)}`, 'assistant', 'a'.repeat(129)],
])('takes no id from %s that could mean another operation', async (path, kind, id) => {
  const { status, body } = await testBackend().send('GET', path);
  expect(status).toBe(404);
  expect(body.error?.message).toBe(`No ${kind} found with id '${id}'.`);
});

it('reaches no other operation through dots and slashes in a path', async () => {
  const { send } = testBackend();
  for (const path of [
    '/v1/threads/..',
    '/v1/threads/.',
    '/v1/threads/%2e%2e',
    '/v1/threads/x/../../assistants/',
    '/v1/threads/..%2f..%2fassistants',
  ]) {
    expect((await send('GET', path)).status).toBe(404);
  }
});

it.each([
  ['{', 'application/json', 'invalid_json'],
  ['{"metadata":{"a":"\u00ff', 'application/json', 'invalid_json'],
  [`{"metadata":${'['.repeat(200)}${']'.repeat(200)}}`, 'application/json', 'invalid_json'],
  ['{}', 'text/plain', 'unsupported_content_type'],
  ['a=1', 'application/x-www-form-urlencoded', 'unsupported_content_type'],
  ['{}', 'application/json-seq', 'unsupported_content_type'],
])('answers 400 to the body %j as %s', async (text, type, code) => {
  const { status, body } = await testBackend().send('POST', '/v1/threads', text, {
    'content-type': type,
  });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param: null, code });
});

it('takes JSON of any spelling of its type, and no body as an empty one', async () => {
  const { send } = testBackend();
  const typed = { 'content-type': 'Application/JSON; charset=utf-8' };
  expect((await send('POST', '/v1/threads', '{}', typed)).status).toBe(200);
  expect((await send('POST', '/v1/threads')).status).toBe(200);
});

it('answers 413 to a body over the limit, counted by its bytes and not by what it says of itself', async () => {
  const { backend, send } = testBackend({ limits: { bodyBytes: 41 } });
  const body = JSON.stringify({ metadata: { a: 'é'.repeat(10) } });
  expect(new TextEncoder().encode(body)).toHaveLength(41);
  expect((await send('POST', '/v1/threads', body)).status).toBe(200);

  const chunks = ['{"metadata":{"a":"', 'é'.repeat(11), '"}}'].map((text) =>
    new TextEncoder().encode(text),
  );
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const headers = { 'content-type': 'application/json', 'content-length': '5' };
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers,
    body: stream,
    duplex: 'half',
  };
  const response = await backend.fetch(new Request('http://backend.test/v1/threads', init));
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    error: { type: 'invalid_request_error', code: 'request_too_large' },
  });
});

it('answers 500 to what nobody foresaw, tells the operator and not the caller', async () => {
  const told: unknown[] = [];
  const broken = {
    ...memoryStore(),
    get: () => Promise.reject(new Error('disk /dev/secret is gone')),
  };
  const { send } = testBackend({ store: broken, onError: (error) => void told.push(error) });
  const { status, body, headers } = await send('GET', '/v1/threads/thread_1');
  expect(status).toBe(500);
  expect(body.error).toMatchObject({ type: 'server_error', param: null, code: null });
  expect(JSON.stringify(body)).not.toContain('secret');
  expect(headers.get('x-request-id')).toMatch(/^req_/);
  expect(told).toEqual([new Error('disk /dev/secret is gone')]);
});

it('names each answer, whether it grants or refuses', async () => {
  const { backend, pass } = testBackend({ apiKeys: ['sk-a'] });
  const answers = [
    await backend.fetch(requestOf('GET', '/v1/assistants')),
    await backend.fetch(
      requestOf('GET', '/v1/assistants', undefined, { authorization: 'Bearer sk-a' }),
    ),
    await backend.fetch(
      requestOf('GET', '/v1/nowhere', undefined, { authorization: 'Bearer sk-a' }),
    ),
  ];
  pass(5);
  expect(answers.map(({ status }) => status)).toEqual([401, 200, 404]);
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3);
  for (const { headers } of answers) {
    expect(headers.get('openai-version')).toBe('2020-10-01');
    expect(headers.get('openai-processing-ms')).toBe('0');
  }
});

it('answers below its base path and without it', async () => {
  const { send } = testBackend({ basePath: '/api/chat/' });
  expect((await send('GET', '/api/chat/assistants')).status).toBe(200);
  expect((await send('GET', '/assistants')).status).toBe(200);
  expect((await send('GET', '/api/chatassistants')).status).toBe(404);
  expect((await send('GET', '/v1/assistants')).status).toBe(404);
});

it.each([
  ['nests deeper than 128 levels', `{"metadata":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['has a list of more than 100000 items', `{"messages":[${'{},'.repeat(200_000)}{}]}`],
  [
    'has an object of more than 10000 properties',
    JSON.stringify({
      metadata: Object.fromEntries(
        Array.from({ length: 200_000 }, (_, index) => [`k${index}`, 'v']),
      ),
    }),
  ],
])('refuses a body that %s', async (excess, text) => {
  const { backend } = testBackend();
  const response = await backend.fetch(requestOf('POST', '/v1/threads', text));
  expect(response.status).toBe(400);
  expect(await response.json()).toHaveProperty('error', {
    message: `The JSON body ${excess}.`,
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_json',
  });
});
