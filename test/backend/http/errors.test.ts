import { expect, it } from 'vitest';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { createRequest, createTestBackend } from '../createTestBackend.js';

const NO_KEY =
  "You didn't provide an API key. Provide it in an Authorization header of the form 'Authorization: Bearer KEY'.";

it.each([
  ['no key', {}, NO_KEY],
  ['another scheme', { authorization: 'Basic sk-right' }, NO_KEY],
  ['a wrong key', { authorization: 'Bearer sk-wrong' }, 'Incorrect API key provided.'],
  ['the beginning of a key', { authorization: 'Bearer sk-righ' }, 'Incorrect API key provided.'],
  ['a key and more', { authorization: 'Bearer sk-right2' }, 'Incorrect API key provided.'],
])('returns 401 for %s', async (_, headers: Record<string, string>, message) => {
  const { send } = createTestBackend({ apiKeys: ['sk-right'] });
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
])('accepts %j if it is one of the API keys', async (headers: Record<string, string>) => {
  const { send } = createTestBackend({ apiKeys: ['sk-a', 'sk-b'] });
  expect((await send('GET', '/v1/assistants', undefined, headers)).status).toBe(200);
});

it('requires no API key by default', async () => {
  const { send } = createTestBackend();
  expect((await send('GET', '/v1/assistants')).status).toBe(200);
  expect(
    (await send('GET', '/v1/assistants', undefined, { authorization: 'Bearer any' })).status,
  ).toBe(200);
});

it.each(['assistants=v3', 'v2', '', 'assistants'])(
  'returns 400 for the OpenAI-Beta header %j',
  async (beta) => {
    const { send } = createTestBackend();
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
])('returns 404 for the unknown URL %s %s', async (method, path) => {
  const { status, body } = await createTestBackend().send(method, path);
  expect(status).toBe(404);
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param: null, code: null });
  expect(body.error?.message).toMatch(/^Invalid URL \(/);
});

it.each([
  ['PUT', '/v1/assistants', 'GET, POST'],
  ['PATCH', '/v1/threads/thread_1', 'GET, POST, DELETE'],
  ['DELETE', '/v1/threads', 'GET, POST'],
  ['DELETE', '/v1/threads/thread_1/runs/run_1', 'GET, POST'],
  ['GET', '/v1/threads/thread_1/runs/run_1/cancel', 'POST'],
])('returns 405 with the allowed methods for %s %s', async (method, path, allow) => {
  const { status, body, headers } = await createTestBackend().send(method, path);
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
])('returns 404 for %s %s', async (method, path, kind, id) => {
  const { send, create } = createTestBackend();
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
])('does not match another operation for an invalid id: %s', async (path, kind, id) => {
  const { status, body } = await createTestBackend().send('GET', path);
  expect(status).toBe(404);
  expect(body.error?.message).toBe(`No ${kind} found with id '${id}'.`);
});

it('does not match another operation for dots and slashes in a path', async () => {
  const { send } = createTestBackend();
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
])('returns 400 for the body %j with content type %s', async (text, type, code) => {
  const { status, body } = await createTestBackend().send('POST', '/v1/threads', text, {
    'content-type': type,
  });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param: null, code });
});

it('accepts any spelling of the JSON content type, and a missing body', async () => {
  const { send } = createTestBackend();
  const typed = { 'content-type': 'Application/JSON; charset=utf-8' };
  expect((await send('POST', '/v1/threads', '{}', typed)).status).toBe(200);
  expect((await send('POST', '/v1/threads')).status).toBe(200);
});

it('returns 413 for a body over the limit, and counts bytes instead of trusting Content-Length', async () => {
  const { backend, send } = createTestBackend({ limits: { bodyBytes: 41 } });
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

it('returns 500 for an unexpected error, and passes its cause to onError only', async () => {
  const errors: unknown[] = [];
  const broken = {
    ...memoryStore(),
    get: () => Promise.reject(new Error('disk /dev/secret is gone')),
  };
  const { send } = createTestBackend({
    store: broken,
    onError: (error) => {
      errors.push(error);
    },
  });
  const { status, body, headers } = await send('GET', '/v1/threads/thread_1');
  expect(status).toBe(500);
  expect(body.error).toMatchObject({ type: 'server_error', param: null, code: null });
  expect(JSON.stringify(body)).not.toContain('secret');
  expect(headers.get('x-request-id')).toMatch(/^req_/);
  expect(errors).toEqual([new Error('disk /dev/secret is gone')]);
});

it('adds the API headers to every response, including errors', async () => {
  const { backend, advanceTime } = createTestBackend({ apiKeys: ['sk-a'] });
  const responses = [
    await backend.fetch(createRequest('GET', '/v1/assistants')),
    await backend.fetch(
      createRequest('GET', '/v1/assistants', undefined, { authorization: 'Bearer sk-a' }),
    ),
    await backend.fetch(
      createRequest('GET', '/v1/nowhere', undefined, { authorization: 'Bearer sk-a' }),
    ),
  ];
  advanceTime(5);
  expect(responses.map(({ status }) => status)).toEqual([401, 200, 404]);
  expect(new Set(responses.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3);
  for (const { headers } of responses) {
    expect(headers.get('openai-version')).toBe('2020-10-01');
    expect(headers.get('openai-processing-ms')).toBe('0');
  }
});

it('handles paths with and without the base path', async () => {
  const { send } = createTestBackend({ basePath: '/api/chat/' });
  expect((await send('GET', '/api/chat/assistants')).status).toBe(200);
  expect((await send('GET', '/assistants')).status).toBe(200);
  expect((await send('GET', '/api/chatassistants')).status).toBe(404);
  expect((await send('GET', '/v1/assistants')).status).toBe(404);
});

it.each([
  ['nests deeper than 64 levels', `{"metadata":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['nests deeper than 64 levels', '{"metadata":'.repeat(200_000)],
  ['has more than 20000 values and property names', `{"messages":[${'{},'.repeat(200_000)}{}]}`],
  [
    'has more than 20000 values and property names',
    JSON.stringify({
      metadata: Object.fromEntries(
        Array.from({ length: 200_000 }, (_, index) => [`k${index}`, 'v']),
      ),
    }),
  ],
])('rejects a body that %s', async (excess, text) => {
  const { backend } = createTestBackend();
  const response = await backend.fetch(createRequest('POST', '/v1/threads', text));
  expect(response.status).toBe(400);
  expect(await response.json()).toHaveProperty('error', {
    message: `The JSON body ${excess}.`,
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_json',
  });
});
