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
