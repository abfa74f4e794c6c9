import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAssistantsClient, type AssistantsClientOptions } from '../../src/client/client.js';
import { getBackoffMs } from '../../src/client/retry.js';
import { deadAddress, listen } from './listen.js';
import { recordingFetch, rejectionOf } from './recordingFetch.js';

const start = Date.parse('2030-01-01T00:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});

afterEach(() => {
  vi.useRealTimers();
});

const failing = (
  status: number,
  headers: Record<string, string> = {},
  error: object = { message: 'No.' },
) => Response.json({ error }, { status, headers });

/** A client whose server answers so; each request is kept with its time. */
function clientFor(
  answer: (request: Request, count: number) => Response,
  options: AssistantsClientOptions = {},
) {
  const times: number[] = [];
  const { fetch, requests } = recordingFetch((request, count) => {
    times.push(Date.now() - start);
    return answer(request, count);
  });
  const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch, ...options });
  return { client, requests, times };
}

/** Runs all timers until the promise settles. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const done = () => void (isSettled = true);
  promise.then(done, done);
  await vi.advanceTimersByTimeAsync(0);
  while (!isSettled) await vi.advanceTimersToNextTimerAsync();
  return promise;
}

const networkError = (code?: string): Response => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('socket'), { code }) });
};

test.each([408, 409, 429, 500, 502, 503, 504, 529])(
  'sends a GET again on %d, up to three times in all',
  async (status) => {
    const { client, requests } = clientFor(() => failing(status));
    expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
      kind: 'http',
      status,
    });
    expect(requests).toHaveLength(3);
  },
);

test.each([400, 401, 403, 404, 405, 410, 413, 422])('sends a GET once on %d', async (status) => {
  const { client, requests } = clientFor(() => failing(status));
  expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
    kind: 'http',
    status,
  });
  expect(requests).toHaveLength(1);
});

test('sends a GET again when there was no answer', async () => {
  const { client, requests } = clientFor((_, count) =>
    count < 3 ? networkError() : Response.json({ id: 't' }),
  );
  expect(await settle(client.getThread({ threadId: 't' }))).toEqual({ id: 't' });
  expect(requests).toHaveLength(3);
});

test('sends a GET again when its answer broke off', async () => {
  const broken = () =>
    new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
  const { client, requests } = clientFor((_, count) =>
    count === 1 ? new Response(broken()) : Response.json({ id: 't' }),
  );
  expect(await settle(client.getThread({ threadId: 't' }))).toEqual({ id: 't' });
  expect(requests).toHaveLength(2);
});

test('takes an answer that is not of this API for final', async () => {
  const { client, requests } = clientFor(() => new Response('<html>'));
  expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
    kind: 'protocol',
  });
  expect(requests).toHaveLength(1);
});

test.each([0, 1, 5])('sends again %d times when told so', async (retry) => {
  const { client, requests } = clientFor(() => failing(500), { retry });
  await settle(rejectionOf(client.getThread({ threadId: 't' })));
  expect(requests).toHaveLength(retry + 1);
});

test('waits half a second at first and twice as long each time, half of it by chance', async () => {
  const { client, times } = clientFor(() => failing(500), { retry: 6 });
  await settle(rejectionOf(client.getThread({ threadId: 't' })));
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  [500, 1_000, 2_000, 4_000, 8_000, 8_000].forEach((full, index) => {
    expect(pauses[index]).toBeGreaterThanOrEqual(full / 2);
    expect(pauses[index]).toBeLessThanOrEqual(full);
  });
});

test('spreads a thousand clients over the pause', () => {
  const pauses = Array.from({ length: 1_000 }, () => getBackoffMs(3));
  const tenths = new Set(pauses.map((pause) => Math.floor((pause - 1_000) / 100)));
  expect(tenths).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect([getBackoffMs(1, () => 0), getBackoffMs(1, () => 1), getBackoffMs(99, () => 1)]).toEqual([
    250, 500, 8_000,
  ]);
});

test.each<[Record<string, string>, number]>([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.5' }, 1_500],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': '86400' }, 600_000],
  [{ 'retry-after-ms': '1500' }, 1_500],
  [{ 'retry-after-ms': '99999999999999999999' }, 600_000],
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  [{ 'retry-after-ms': 'junk', 'retry-after': '9' }, 9_000],
  [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Wed, 01 Jan 2031 00:00:00 GMT' }, 600_000],
])('waits as long as %j says', async (headers, ms) => {
  const { client, times } = clientFor((_, count) =>
    count === 1 ? failing(429, headers) : Response.json({}),
  );
  await settle(client.getThread({ threadId: 't' }));
  expect(times).toEqual([0, ms]);
});

test.each<Record<string, string>>([
  { 'retry-after': '-5' },
  { 'retry-after-ms': '-5' },
  { 'retry-after': 'junk' },
  { 'retry-after': 'in 2099' },
  { 'retry-after': '1e3' },
  { 'retry-after': '5, 5' },
  { 'retry-after': 'NaN' },
  { 'retry-after': 'junk GMT' },
  { 'retry-after': 'Mon, 31 Dec 2029 23:00:00 GMT' },
])('passes over %j', async (headers) => {
  const { client, times } = clientFor((_, count) =>
    count === 1 ? failing(503, headers) : Response.json({}),
  );
  await settle(client.getThread({ threadId: 't' }));
  expect(times[1]).toBeGreaterThanOrEqual(250);
  expect(times[1]).toBeLessThanOrEqual(500);
});

test('says how long the server asks to wait where it is not sent again', async () => {
  const { client } = clientFor(() => failing(429, { 'retry-after': '7' }), { retry: 0 });
  expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
    retryAfterMs: 7_000,
    retryable: true,
  });
});

test.each([
  [400, 'true', 3],
  [404, 'true', 3],
  [429, 'false', 1],
  [500, 'false', 1],
  [500, 'perhaps', 3],
])('on %d with x-should-retry %s sends %d times', async (status, wish, count) => {
  const { client, requests } = clientFor(() => failing(status, { 'x-should-retry': wish }));
  await settle(rejectionOf(client.getThread({ threadId: 't' })));
  expect(requests).toHaveLength(count);
});

test.each([{ code: 'insufficient_quota' }, { type: 'insufficient_quota', code: null }])(
  'sends once when the quota is used up: %j',
  async (error) => {
    const { client, requests } = clientFor(() =>
      failing(429, {}, { message: 'No quota.', ...error }),
    );
    expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
      retryable: false,
    });
    expect(requests).toHaveLength(1);
  },
);

test('sends once where the thread is busy', async () => {
  const busy = { message: 'Thread thread_1 already has an active run run_1.' };
  for (const idempotencyKeys of [true, false]) {
    const { client, requests } = clientFor(() => failing(400, {}, busy), { idempotencyKeys });
    const error = await settle(
      rejectionOf(client.createRun({ threadId: 't', body: { assistant_id: 'a' } })),
    );
    expect(error).toMatchObject({ kind: 'busy', runId: 'run_1' });
    expect(requests).toHaveLength(1);
  }
});

test.each([
  ['a 500', () => failing(500)],
  ['a 429', () => failing(429, { 'retry-after': '1' })],
  ['a 409', () => failing(409)],
  ['a 500 that wishes for it', () => failing(500, { 'x-should-retry': 'true' })],
  ['a lost connection', () => networkError('ECONNRESET')],
  ['a failure without a reason', () => networkError()],
] as const)('sends a POST and a DELETE once on %s', async (_, answer) => {
  const { client, requests } = clientFor(answer);
  await settle(
    rejectionOf(client.createMessage({ threadId: 't', body: { role: 'user', content: 'x' } })),
  );
  await settle(rejectionOf(client.modifyThread({ threadId: 't', body: {} })));
  await settle(rejectionOf(client.cancelRun({ threadId: 't', runId: 'r' })));
  await settle(
    rejectionOf(
      client.stream('createRun', { threadId: 't', body: { assistant_id: 'a', stream: true } }),
    ),
  );
  await settle(rejectionOf(client.deleteThread({ threadId: 't' })));
  expect(requests).toHaveLength(5);
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
  'sends a POST again that never left: %s',
  async (code) => {
    const { client, requests } = clientFor((_, count) =>
      count === 1 ? networkError(code) : Response.json({ id: 'm' }),
    );
    expect(
      await settle(client.createMessage({ threadId: 't', body: { role: 'user', content: 'x' } })),
    ).toEqual({ id: 'm' });
    expect(await Promise.all(requests.map((request) => request.json()))).toEqual(
      Array(2).fill({ role: 'user', content: 'x' }),
    );
  },
);

test('sends a POST with an idempotency key again, under the same key', async () => {
  const { client, requests } = clientFor(
    (_, count) => (count < 3 ? failing(500) : Response.json({ id: 'r' })),
    { idempotencyKeys: true },
  );
  await settle(client.createRun({ threadId: 't', body: { assistant_id: 'a' } }));
  await settle(client.createRun({ threadId: 't', body: { assistant_id: 'a' } }));
  const keys = requests.map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys.slice(0, 3)).toEqual(Array(3).fill(keys[0]));
  expect(keys[3]).not.toBe(keys[0]);
});

test('sends the key that the caller names', async () => {
  const { client, requests } = clientFor(
    (_, count) => (count === 1 ? networkError() : Response.json({ id: 'r' })),
    { idempotencyKeys: true },
  );
  await settle(client.createThread({}, { idempotencyKey: 'mine' }));
  expect(requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['mine', 'mine']);
});

test('sends an upload with its file again', async () => {
  const { client, requests } = clientFor(
    (_, count) => (count === 1 ? failing(503) : Response.json({ id: 'file-1' })),
    { idempotencyKeys: true },
  );
  await settle(
    client.uploadFile({ body: { file: new File(['abc'], 'a.txt'), purpose: 'assistants' } }),
  );
  const files = await Promise.all(
    requests.map(async (request) => (await request.formData()).get('file') as File),
  );
  expect(await Promise.all(files.map((file) => file.text()))).toEqual(['abc', 'abc']);
});

test('sends once where the key names another request', async () => {
  const { client, requests } = clientFor(() => failing(409), { idempotencyKeys: true });
  await settle(rejectionOf(client.createThread()));
  expect(requests).toHaveLength(1);
});

test('gives a key only to what makes an object, and to a server that keeps keys', async () => {
  const keeping = clientFor(() => Response.json({}), { idempotencyKeys: true });
  await keeping.client.getThread({ threadId: 't' });
  await keeping.client.modifyThread({ threadId: 't', body: {} });
  await keeping.client.cancelRun({ threadId: 't', runId: 'r' });
  const other = clientFor(() => Response.json({}));
  await other.client.createThread({}, { idempotencyKey: 'mine' });
  const requests = [...keeping.requests, ...other.requests];
  expect(requests.map(({ headers }) => headers.has('idempotency-key'))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([keeping.client.keepsIdempotencyKeys, other.client.keepsIdempotencyKeys]).toEqual([
    true,
    false,
  ]);
});

test('asks for the key and the headers anew for each try', async () => {
  let count = 0;
  const { client, requests } = clientFor(
    (_, tries) => (tries === 1 ? failing(500) : Response.json({})),
    { apiKey: () => `key-${++count}` },
  );
  await settle(client.getThread({ threadId: 't' }));
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
    'Bearer key-1',
    'Bearer key-2',
  ]);
});

test('gives each try its own time', async () => {
  const { fetch, requests } = recordingFetch(() => new Promise(() => {}));
  const client = createAssistantsClient({
    baseUrl: 'https://host.test',
    fetch,
    timeoutMs: 1_000,
    retry: 1,
  });
  expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
    kind: 'timeout',
  });
  expect(requests).toHaveLength(2);
  expect(Date.now() - start).toBeGreaterThanOrEqual(2_250);
});

test('leaves no timer behind, whatever the answer', async () => {
  for (const answer of [
    () => Response.json({}),
    () => failing(404),
    () => new Response('<html>'),
    () => networkError(),
  ]) {
    const { client, requests } = clientFor(answer, { retry: 0 });
    await client.getThread({ threadId: 't' }).catch(() => undefined);
    expect(requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  }
  await rejectionOf(clientFor(() => networkError()).client.getThread({ threadId: '..' }));
  expect(vi.getTimerCount()).toBe(0);
});

test('leaves no timer behind once a stream is open', async () => {
  const events = new ReadableStream();
  const { client } = clientFor(
    () => new Response(events, { headers: { 'content-type': 'text/event-stream' } }),
  );
  await client.stream('createRun', { threadId: 't', body: { assistant_id: 'a', stream: true } });
  expect(vi.getTimerCount()).toBe(0);
});

test.each([Infinity, 2 ** 40])(
  'waits for an answer as long as timers can with a timeout of %d',
  async (timeoutMs) => {
    const fetch = () =>
      new Promise<Response>(
        (resolve) => void setTimeout(() => resolve(Response.json({ id: 't' })), 3_600_000),
      );
    const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch, timeoutMs });
    const thread = client.getThread({ threadId: 't' });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await thread).toEqual({ id: 't' });
  },
);

test('takes the timeout of a call before that of the client', async () => {
  const client = createAssistantsClient({
    baseUrl: 'https://host.test',
    fetch: () => new Promise(() => {}),
    retry: 0,
  });
  const started = Date.now();
  expect(
    await settle(rejectionOf(client.getThread({ threadId: 't' }, { timeoutMs: 70_000 }))),
  ).toMatchObject({ kind: 'timeout' });
  expect(Date.now() - started).toBe(70_000);
  expect(await settle(rejectionOf(client.getThread({ threadId: 't' })))).toMatchObject({
    message: 'getThread: no answer within 60 seconds.',
  });
  expect(Date.now() - started).toBe(130_000);
});

test('sends a POST again to a server that was not there at first, and never to one that took it', async () => {
  vi.useRealTimers();
  const dead = await deadAddress();
  const taken: string[] = [];
  const url = await listen((request, response) => {
    taken.push(request.url ?? '');
    if (request.url === '/threads/cut/messages') response.destroy();
    else response.end('{"id": "msg_1"}');
  });
  let count = 0;
  const client = createAssistantsClient({
    baseUrl: 'http://first.test',
    fetch: (request) =>
      fetch(
        new Request(request.url.replace('http://first.test', count++ === 0 ? dead : url), request),
      ),
  });
  const body = { role: 'user' as const, content: 'x' };
  expect(await client.createMessage({ threadId: 'kept', body })).toEqual({ id: 'msg_1' });
  expect(await rejectionOf(client.createMessage({ threadId: 'cut', body }))).toMatchObject({
    kind: 'network',
  });
  expect(taken).toEqual(['/threads/kept/messages', '/threads/cut/messages']);
});
