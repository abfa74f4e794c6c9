import { expect, it } from 'vitest';
import { createRateLimitCheck } from '../../../src/backend/http/access/createRateLimitCheck.js';
import { createTestBackend } from '../createTestBackend.js';

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

it('reports the state of the limit for each caller', async () => {
  const { send } = createTestBackend({ apiKeys: ['a', 'b'], rateLimit: { requestsPerMinute: 3 } });
  const getHeaders = async (key: string) => {
    const { headers } = await send('GET', '/v1/assistants', undefined, bearer(key));
    return ['limit', 'remaining', 'reset'].map((name) =>
      headers.get(`x-ratelimit-${name}-requests`),
    );
  };
  expect(await getHeaders('a')).toEqual(['3', '2', '20s']);
  expect(await getHeaders('a')).toEqual(['3', '1', '40s']);
  expect(await getHeaders('b')).toEqual(['3', '2', '20s']);
});

it('returns 429 with the time to wait, and accepts requests after it', async () => {
  const { send, advanceTime } = createTestBackend({ rateLimit: { requestsPerMinute: 2 } });
  const get = () => send('GET', '/v1/assistants');
  expect([(await get()).status, (await get()).status]).toEqual([200, 200]);
  const rejected = await get();
  expect(rejected.status).toBe(429);
  expect(rejected.body.error).toMatchObject({
    type: 'requests',
    code: 'rate_limit_exceeded',
    param: null,
  });
  expect(rejected.headers.get('retry-after')).toBe('30');
  expect(rejected.headers.get('x-ratelimit-remaining-requests')).toBe('0');
  expect(rejected.headers.get('x-request-id')).toMatch(/^req_/);
  advanceTime(29_999);
  expect((await get()).status).toBe(429);
  advanceTime(1);
  expect((await get()).status).toBe(200);
  expect((await get()).status).toBe(429);
});

it('does not count requests with a wrong API key', async () => {
  const { send } = createTestBackend({ apiKeys: ['a'], rateLimit: { requestsPerMinute: 1 } });
  expect((await send('GET', '/v1/assistants', undefined, bearer('x'))).status).toBe(401);
  expect((await send('GET', '/v1/assistants', undefined, bearer('a'))).status).toBe(200);
});

it('counts all callers together without API keys', async () => {
  const { send } = createTestBackend({ rateLimit: { requestsPerMinute: 1 } });
  expect((await send('GET', '/v1/assistants', undefined, bearer('x'))).status).toBe(200);
  expect((await send('GET', '/v1/assistants', undefined, bearer('y'))).status).toBe(429);
});

it('delays a caller by a minute at most when the clock is set back', () => {
  let now = 10 * 3_600_000;
  const check = createRateLimitCheck(1, () => now);
  check('a');
  now = 0;
  expect(() => check('a')).toThrow('Rate limit reached');
  now = 60_000;
  expect(check('a')['x-ratelimit-remaining-requests']).toBe('0');
});
