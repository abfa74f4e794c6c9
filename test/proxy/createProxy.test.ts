import { expect, it } from 'vitest';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import {
  APP,
  createTestProxy,
  getUser,
  JSON_TYPE,
  KEY,
  respondThread as ok,
} from './createTestProxy.js';

it('forwards an allowed operation with its own key, and the response', async () => {
  const { send, seen } = createTestProxy(ok);
  const response = await send(
    'GET',
    '/v1/threads/thread_1/messages?limit=5&order=asc&api-version=1&secret=x',
  );
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ id: 'thread_1', object: 'thread' });
  expect(seen[0]?.url).toBe(
    'https://models.example/base/v1/threads/thread_1/messages?api-version=7&limit=5&order=asc',
  );
  expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${KEY}`);
});

it('answers 404 to every operation that is not allowed, without an upstream request', async () => {
  const { send, seen } = createTestProxy(ok, { allow: ['getRun', 'createMessage'] });
  const passed: string[] = [];
  const refused = new Set<number>();
  for (const operation of operationIds) {
    const { method, path } = operationPaths[operation];
    const response = await send(method, `/v1${path.replaceAll(/\{\w+\}/g, 'id_1')}`);
    if (response.status === 200) passed.push(operation);
    else refused.add(response.status);
  }
  expect([...refused]).toEqual([404]);
  expect(passed).toEqual(['createMessage', 'getRun']);
  expect(seen).toHaveLength(2);
});

it.each([
  ['GET', '/v1/models'],
  ['GET', '/v1'],
  ['GET', '/v1/'],
  ['GET', '/v2/threads/thread_1'],
  ['GET', '/threads/thread_1'],
  ['GET', '/v1x/threads/thread_1'],
  ['HEAD', '/v1/threads/thread_1'],
  ['OPTIONS', '/v1/threads/thread_1'],
  ['PUT', '/v1/threads/thread_1'],
  ['PATCH', '/v1/threads/thread_1'],
  ['GET', '/v1/threads/runs'],
  ['DELETE', '/v1/threads/runs'],
  ['GET', '/v1/threads/'],
  ['POST', '/v1/threads/'],
  ['GET', '/v1/threads//messages'],
  ['GET', '//v1/threads/thread_1'],
  ['GET', '/v1//threads/thread_1'],
  ['GET', '/v1/threads/../models'],
  ['GET', '/v1/threads/%2e%2e/models'],
  ['GET', '/v1/threads/..%2fmodels'],
  ['GET', '/v1/threads/thread_1%2Fmessages'],
  ['GET', '/v1/threads/thread_1;a/messages'],
  ['GET', '/v1/threads/thread_1%5C..'],
  ['GET', '/v1/threads/thread_1%00'],
  ['GET', '/v1/threads/thread%5F1'],
  ['GET', '/v1/https:%2f%2fevil.example/threads/thread_1'],
  ['GET', `/v1/threads/${'a'.repeat(129)}`],
])('forwards nothing for %s %s', async (method, path) => {
  const { send, seen } = createTestProxy(ok);
  expect((await send(method, path)).status).toBe(404);
  expect(seen).toEqual([]);
});

it('forwards only known headers and query parameters', async () => {
  const { send, seen } = createTestProxy(ok, { headers: { 'openai-organization': 'org-ours' } });
  await send('POST', '/v1/threads', {
    headers: {
      ...JSON_TYPE,
      'openai-beta': 'assistants=v2',
      'idempotency-key': 'key-1',
      authorization: 'Bearer sk-caller',
      'api-key': 'caller',
      'openai-organization': 'org-caller',
      'openai-project': 'proj_caller',
      'x-forwarded-host': 'evil.example',
      'x-http-method-override': 'DELETE',
      forwarded: 'host=evil.example',
      'x-custom': 'x',
    },
    body: '{}',
  });
  const sent = Object.fromEntries(seen[0]?.headers ?? []);
  expect(sent).toEqual({
    accept: '*/*',
    authorization: `Bearer ${KEY}`,
    'content-type': 'application/json',
    'idempotency-key': 'key-1',
    'openai-beta': 'assistants=v2',
    'openai-organization': 'org-ours',
  });
  expect(seen[0]?.method).toBe('POST');
});

it('calls the headers function for each request', async () => {
  let count = 0;
  const { send, seen } = createTestProxy(ok, {
    headers: async () => ({ 'api-key': `k${++count}` }),
  });
  await send('GET', '/v1/threads/thread_1');
  await send('GET', '/v1/threads/thread_1');
  expect(seen.map(({ headers }) => headers.get('api-key'))).toEqual(['k1', 'k2']);
});

it('returns no cookies, keys or organizations', async () => {
  const headers = {
    'set-cookie': 'session=1',
    'openai-organization': 'org-ours',
    'x-internal': 'x',
    'access-control-allow-origin': '*',
    'x-request-id': 'req_1',
    'retry-after': '3',
    'x-ratelimit-remaining-requests': '9',
  };
  const { send } = createTestProxy(() => Response.json({}, { headers }));
  const response = await send('GET', '/v1/threads/thread_1');
  expect([...response.headers.keys()].toSorted()).toEqual([
    'cache-control',
    'content-type',
    'retry-after',
    'x-content-type-options',
    'x-request-id',
  ]);
});

it.each([
  [
    {
      error: {
        message: 'No thread found.',
        type: 'invalid_request_error',
        param: 'a',
        code: 'b',
        extra: 1,
      },
    },
    404,
    { message: 'No thread found.', type: 'invalid_request_error', param: 'a', code: 'b' },
  ],
  [
    {
      error: {
        message: 'Limit of org-abc reached for sk-ab***yz, proj_1.',
        type: 'rate_limit_exceeded',
      },
    },
    429,
    {
      message: 'Limit of *** reached for ***, ***',
      type: 'rate_limit_exceeded',
      param: null,
      code: null,
    },
  ],
  [
    '<html>gateway</html>',
    503,
    {
      message: 'The upstream server responded with status 503.',
      type: 'server_error',
      param: null,
      code: null,
    },
  ],
  [
    '',
    400,
    {
      message: 'The upstream server responded with status 400.',
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  ],
])('forwards the error %j in the format of the API', async (body, status, error) => {
  const { send } = createTestProxy(
    () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
  );
  const response = await send('GET', '/v1/threads/thread_1');
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ error });
});

it.each([
  [
    'its key is refused',
    () =>
      Response.json({ error: { message: `Incorrect API key provided: ${KEY}` } }, { status: 401 }),
  ],
  ['it forbids', () => new Response(KEY, { status: 403 })],
  [
    'it answers a page',
    () => new Response('<script>1</script>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['it cannot be reached', () => Promise.reject(new TypeError(`connect 10.0.0.7 ${KEY}`))],
])('answers 502 without details when %s', async (_, answer) => {
  const { send, seen } = createTestProxy(answer);
  const response = await send('GET', '/v1/threads/thread_1');
  const text = await response.text();
  expect(response.status).toBe(502);
  expect(JSON.parse(text)).toMatchObject({
    error: { type: 'server_error', param: null, code: null },
  });
  expect(text).not.toMatch(/secret|10\.0\.0\.7|script|evil/);
  expect(seen[0]?.redirect).toBe('manual');
});

it('returns file content as a download, regardless of its content type', async () => {
  const { send } = createTestProxy(
    () =>
      new Response('<script>1</script>', {
        headers: { 'content-type': 'text/html', 'content-disposition': 'inline' },
      }),
  );
  const response = await send('GET', '/v1/files/file-1/content');
  expect(await response.text()).toBe('<script>1</script>');
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('content-disposition')).toBe('attachment');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

it.each<[Record<string, string>, number]>([
  [{}, 200],
  [{ origin: APP }, 200],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: APP.replace('https:', 'http:') }, 403],
  [{ 'sec-fetch-site': 'same-origin', origin: 'https://behind.another.proxy' }, 200],
  [{ 'sec-fetch-site': 'none' }, 200],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin: APP }, 403],
])('answers a page with %j with %i', async (headers, status) => {
  // Scripts cannot set these headers, so they are set on the finished request.
  const { proxy } = createTestProxy(ok);
  const request = new Request(`${APP}/v1/threads/thread_1`);
  Object.defineProperty(request, 'headers', { value: new Headers(headers) });
  expect((await proxy.fetch(request)).status).toBe(status);
});

it('answers a page whose TLS ends in front of the proxy', async () => {
  const { proxy } = createTestProxy(ok);
  const request = new Request(`${APP.replace('https:', 'http:')}/v1/threads/thread_1`);
  Object.defineProperty(request, 'headers', { value: new Headers({ origin: APP }) });
  expect((await proxy.fetch(request)).status).toBe(200);
});

it.each([
  ['/v1/threads', 'text/plain', 400],
  ['/v1/threads', 'application/x-www-form-urlencoded', 400],
  ['/v1/threads', 'multipart/form-data; boundary=x', 400],
  ['/v1/threads', 'application/json; charset=utf-8', 200],
  ['/v1/files', 'application/json', 400],
  ['/v1/files', 'multipart/form-data; boundary=x', 400],
])('answers a body for %s of type %s with %i', async (path, type, status) => {
  const { send, seen } = createTestProxy(ok);
  expect((await send('POST', path, { body: '{}', headers: { 'content-type': type } })).status).toBe(
    status,
  );
  expect(seen).toHaveLength(status === 200 ? 1 : 0);
});

it.each([
  [0, 200],
  [2, 400],
])('answers a body of %i bytes without a type with %i', async (bytes, status) => {
  const { send, seen } = createTestProxy(ok);
  // Servers of Node give each POST a stream. Request adds no type to a stream.
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes > 0) controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  const init: RequestInit & { duplex: 'half' } = { body, duplex: 'half' };
  expect((await send('POST', '/v1/threads', init)).status).toBe(status);
  expect(seen).toHaveLength(status === 200 ? 1 : 0);
});

it('asks authorize about each request, and hides forbidden targets', async () => {
  const owners = new Map([
    ['thread_a', 'ann'],
    ['thread_b', 'bob'],
  ]);
  const { send, seen } = createTestProxy(ok, {
    authorize: (request, { params }) => {
      const user = request.headers.get('x-user');
      if (user === null) return new Response('Log in.', { status: 401 });
      return params['thread_id'] === undefined || owners.get(params['thread_id']) === user;
    },
  });
  const headers = { 'x-user': 'ann' };
  const statuses: Record<string, number[]> = {};
  for (const operation of operationIds) {
    const { method, path } = operationPaths[operation];
    if (!path.includes('{thread_id}')) continue;
    const to = (thread: string) =>
      `/v1${path.replace('{thread_id}', thread).replaceAll(/\{\w+\}/g, 'id_1')}`;
    statuses[operation] = [];
    for (const thread of ['thread_a', 'thread_b'])
      statuses[operation].push((await send(method, to(thread), { headers })).status);
  }
  expect(statuses).toHaveProperty('listRunSteps');
  expect(Object.values(statuses).every(([own, other]) => own === 200 && other === 404)).toBe(true);
  expect(seen.some(({ url }) => url.includes('thread_b'))).toBe(false);
  expect((await send('GET', '/v1/threads/thread_a')).status).toBe(401);
});

it('forwards a stream chunk by chunk, and aborts upstream when the caller disconnects', async () => {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const seen: AbortSignal[] = [];
  let cancelled = false;
  const upstream = (request: Request) => {
    seen.push(request.signal);
    const encoder = new TextEncoder();
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(encoder.encode('event: thread.run.created\ndata: {}\n\n'));
        await gate;
        if (!cancelled) controller.enqueue(encoder.encode('event: done\ndata: [DONE]\n\n'));
      },
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  };
  const { send } = createTestProxy(upstream);
  const controller = new AbortController();
  const response = await send('POST', '/v1/threads/thread_1/runs', { signal: controller.signal });
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('thread.run.created');
  controller.abort();
  expect(seen[0]?.aborted).toBe(true);
  await reader?.cancel();
  expect(cancelled).toBe(true);
  letGo();
});

it('rejects like fetch if the request is aborted before a response', async () => {
  const controller = new AbortController();
  const { send } = createTestProxy(
    (request) =>
      new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(new Error('closed')));
        controller.abort();
      }),
  );
  const sent = send('GET', '/v1/threads/thread_1', { signal: controller.signal });
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
});

it('limits the rate of each user separately', async () => {
  let now = 0;
  const { proxy, seen } = createTestProxy(ok, {
    now: () => now,
    user: getUser,
    rateLimit: { requestsPerMinute: 3 },
  });
  const ask = (user: string) =>
    proxy.fetch(new Request(`${APP}/v1/threads/thread_1`, { headers: { 'x-user': user } }));
  for (let count = 0; count < 3; count++) expect((await ask('ann')).status).toBe(200);
  const refused = await ask('ann');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('20');
  expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_exceeded' } });
  expect((await ask('bob')).status).toBe(200);
  now += 20_000;
  expect((await ask('ann')).status).toBe(200);
  expect((await ask('ann')).status).toBe(429);
  expect(seen).toHaveLength(5);
});
