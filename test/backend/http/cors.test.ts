import { expect, it } from 'vitest';
import type { BackendOptions } from '../../../src/backend/BackendOptions.js';
import { createRequest, createTestBackend } from '../createTestBackend.js';

const FOREIGN = 'https://evil.example';

it.each<[Partial<BackendOptions>, string, number]>([
  [{}, 'http://localhost:5173', 200],
  [{}, 'http://127.0.0.1:3000', 200],
  [{}, 'http://[::1]:3000', 200],
  [{}, 'https://app.localhost', 200],
  [{}, 'http://backend.test', 200],
  [{}, FOREIGN, 403],
  [{}, 'https://localhost.evil.example', 403],
  [{}, 'null', 403],
  [{ cors: '*' }, FOREIGN, 200],
  [{ cors: ['https://app.example'] }, 'https://app.example', 200],
  [{ cors: ['https://app.example'] }, FOREIGN, 403],
  [{ cors: ['https://app.example'] }, 'http://localhost:5173', 403],
  [{ cors: [] }, 'http://backend.test', 200],
  // TLS ends in front of the server.
  [{ cors: [] }, 'https://backend.test', 200],
  [{ cors: [] }, 'https://backend.test:8443', 403],
  [{ cors: ['https://App.Example:443/'] }, 'https://app.example', 200],
  [{ cors: ['capacitor://localhost/'] }, 'capacitor://localhost', 200],
  [{ cors: ['null'] }, 'null', 200],
])('with options %j answers a page of %s with %i', async (options, origin, status) => {
  const { backend } = createTestBackend(options);
  const response = await backend.fetch(
    createRequest('GET', '/v1/assistants', undefined, { origin }),
  );
  expect(response.status).toBe(status);
  expect(response.headers.get('access-control-allow-origin')).toBe(status === 200 ? origin : null);
});

it('allows every origin with an API key', async () => {
  const { backend } = createTestBackend({ apiKeys: ['sk-a'] });
  const headers = { origin: FOREIGN, authorization: 'Bearer sk-a' };
  expect(
    (await backend.fetch(createRequest('GET', '/v1/assistants', undefined, headers))).status,
  ).toBe(200);
});

it('lets pages of an allowed origin read error responses', async () => {
  const { backend } = createTestBackend({ apiKeys: ['sk-a'] });
  const response = await backend.fetch(
    createRequest('GET', '/v1/assistants', undefined, { origin: FOREIGN }),
  );
  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe(FOREIGN);
  expect(response.headers.get('x-request-id')).toMatch(/^req_/);
});

it('allows the methods and headers of real clients in a preflight without an API key', async () => {
  const { backend } = createTestBackend({ apiKeys: ['sk-a'] });
  const requested =
    'authorization,content-type,idempotency-key,openai-beta,openai-organization,x-stainless-lang,x-stainless-retry-count';
  const response = await backend.fetch(
    createRequest('OPTIONS', '/v1/threads', undefined, {
      origin: FOREIGN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': requested,
    }),
  );
  expect(response.status).toBe(204);
  const allowed = response.headers
    .get('access-control-allow-headers')
    ?.split(',')
    .map((name) => name.trim());
  expect(allowed).toEqual(requested.split(','));
  expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST,DELETE');
  expect(response.headers.get('access-control-allow-origin')).toBe(FOREIGN);
});

it('exposes the headers that clients use', async () => {
  const { backend } = createTestBackend();
  const response = await backend.fetch(
    createRequest('GET', '/v1/assistants', undefined, { origin: 'http://localhost:1' }),
  );
  const exposed = response.headers.get('access-control-expose-headers')?.split(',');
  expect(exposed).toEqual(
    expect.arrayContaining([
      'x-request-id',
      'openai-poll-after-ms',
      'retry-after',
      'retry-after-ms',
    ]),
  );
});

it('accepts a page that the browser knows as one of the same origin, behind a server with another name', async () => {
  const { backend } = createTestBackend({ cors: [] });
  const send = (site: string) => {
    const request = createRequest('GET', '/v1/assistants');
    // Scripts cannot set these headers, so they are set on the finished request.
    const headers = new Headers({ origin: 'https://app.example', 'sec-fetch-site': site });
    Object.defineProperty(request, 'headers', { value: headers });
    return backend.fetch(request);
  };
  for (const [site, status] of [
    ['same-origin', 200],
    ['same-site', 403],
    ['cross-site', 403],
  ] as const) {
    expect((await send(site)).status).toBe(status);
  }
});

it.each([
  'https://app.example/chat',
  'https://app.example?x',
  'https://user@app.example',
  'app.example',
  'localhost:3000',
  '*.app.example',
  '*',
  '',
])('refuses %j in the list of origins, which no page would match', (origin) => {
  expect(() => createTestBackend({ cors: ['https://a.example', origin] })).toThrow(
    `\`cors\` names '${origin}', which is not an origin.`,
  );
});

it('refuses a text as the list of origins', () => {
  const options = { cors: 'https://app.example' } as unknown as Partial<BackendOptions>;
  expect(() => createTestBackend(options)).toThrow('must be a list of origins');
});
