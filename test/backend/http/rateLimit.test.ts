import { expect, it } from 'vitest';
import { createRateLimitHeaders } from '../../../src/backend/http/access/rateLimit.js';
import { testBackend } from '../testBackend.js';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

it('tells each caller where he stands', async () => {
  const { send } = testBackend({ apiKeys: ['a', 'b'], rateLimit: { requestsPerMinute: 3 } });
  const headersOf = async (key: string) => {
    const { headers } = await send('GET', '/v1/assistants', undefined, bearer(key));
    return ['limit', 'remaining', 'reset'].map((name) =>
      headers.get(`x-ratelimit-${name}-requests`),
    );
  };
  expect(await headersOf('a')).toEqual(['3', '2', '20s']);
  expect(await headersOf('a')).toEqual(['3', '1', '40s']);
  expect(await headersOf('b')).toEqual(['3', '2', '20s']);
});

it('refuses with 429 and the time to wait, and lets in again after that', async () => {
  const { send, pass } = testBackend({ rateLimit: { requestsPerMinute: 2 } });
  const get = () => send('GET', '/v1/assistants');
  expect([(await get()).status, (await get()).status]).toEqual([200, 200]);
  const refused = await get();
  expect(refused.status).toBe(429);
  expect(refused.body.error).toMatchObject({
    type: 'requests',
    code: 'rate_limit_exceeded',
    param: null,
  });
  expect(refused.headers.get('retry-after')).toBe('30');
  expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0');
  expect(refused.headers.get('x-request-id')).toMatch(/^req_/);
  pass(29_999);
  expect((await get()).status).toBe(429);
  pass(1);
  expect((await get()).status).toBe(200);
  expect((await get()).status).toBe(429);
});

it('counts no caller whose key is wrong', async () => {
  const { send } = testBackend({ apiKeys: ['a'], rateLimit: { requestsPerMinute: 1 } });
  expect((await send('GET', '/v1/assistants', undefined, bearer('x'))).status).toBe(401);
  expect((await send('GET', '/v1/assistants', undefined, bearer('a'))).status).toBe(200);
});

it('counts all callers together where there are no keys', async () => {
  const { send } = testBackend({ rateLimit: { requestsPerMinute: 1 } });
  expect((await send('GET', '/v1/assistants', undefined, bearer('x'))).status).toBe(200);
  expect((await send('GET', '/v1/assistants', undefined, bearer('y'))).status).toBe(429);
});

it('shuts nobody out for longer than a minute when the clock is set back', () => {
  let now = 10 * 3_600_000;
  const limit = createRateLimitHeaders(1, () => now);
  limit('a');
  now = 0;
  expect(() => limit('a')).toThrow('Rate limit reached');
  now = 60_000;
  expect(limit('a')['x-ratelimit-remaining-requests']).toBe('0');
});
