import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import type { AssistantsClientOptions } from '../../src/client/AssistantsClient.js';
import { getBackoffMs } from '../../src/client/retry.js';
import { deadAddress, listen } from './listen.js';
import { anAnswer, recordingFetch, getRejection } from './recordingFetch.js';

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

/** Creates a client whose server responds with the given function. Records each request and its time. */
function createRecordingClient(
  respond: (request: Request, count: number) => Response,
  options: AssistantsClientOptions = {},
) {
  const times: number[] = [];
  const { fetch, requests } = recordingFetch((request, count) => {
    times.push(Date.now() - start);
    return respond(request, count);
  });
  const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch, ...options });
  return { client, requests, times };
}

/** Runs all timers until the promise settles. */
async function settle<T>(promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const done = () => {
    isSettled = true;
  };
  promise.then(done, done);
  await vi.advanceTimersByTimeAsync(0);
  while (!isSettled) await vi.advanceTimersToNextTimerAsync();
  return promise;
}

const networkError = (code?: string): Response => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('socket'), { code }) });
};

test.each([408, 409, 429, 500, 502, 503, 504, 529])(
  'retries a GET twice on status %d',
  async (status) => {
    const { client, requests } = createRecordingClient(() => failing(status));
    expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
      kind: 'http',
      status,
    });
    expect(requests).toHaveLength(3);
  },
);

test.each([400, 401, 403, 404, 405, 410, 413, 422])(
  'does not retry a GET on status %d',
  async (status) => {
    const { client, requests } = createRecordingClient(() => failing(status));
    expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
      kind: status === 405 ? 'unsupported' : 'http',
      status,
    });
    expect(requests).toHaveLength(1);
  },
);

test('retries a GET after a network failure', async () => {
  const { client, requests } = createRecordingClient((_, count) =>
    count < 3 ? networkError() : Response.json({ ...anAnswer, id: 't' }),
  );
  expect(await settle(client.getThread({ threadId: 't' }))).toMatchObject({ id: 't' });
  expect(requests).toHaveLength(3);
});

test('retries a GET if its response body breaks off', async () => {
  const broken = () =>
    new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) });
  const { client, requests } = createRecordingClient((_, count) =>
    count === 1 ? new Response(broken()) : Response.json({ ...anAnswer, id: 't' }),
  );
  expect(await settle(client.getThread({ threadId: 't' }))).toMatchObject({ id: 't' });
  expect(requests).toHaveLength(2);
});

test('does not retry after a response that is not from this API', async () => {
  const { client, requests } = createRecordingClient(() => new Response('<html>'));
  expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
    kind: 'protocol',
  });
  expect(requests).toHaveLength(1);
});

test.each([0, 1, 5])('retries %d times with the retry option', async (retry) => {
  const { client, requests } = createRecordingClient(() => failing(500), { retry });
  await settle(getRejection(client.getThread({ threadId: 't' })));
  expect(requests).toHaveLength(retry + 1);
});

test('doubles the delay from 0.5 s to 8 s, up to half of it random', async () => {
  const { client, times } = createRecordingClient(() => failing(500), { retry: 6 });
  await settle(getRejection(client.getThread({ threadId: 't' })));
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  [500, 1_000, 2_000, 4_000, 8_000, 8_000].forEach((full, index) => {
    expect(pauses[index]).toBeGreaterThanOrEqual(full / 2);
    expect(pauses[index]).toBeLessThanOrEqual(full);
  });
});

test('spreads the delays of many clients evenly', () => {
  const pauses = Array.from({ length: 1_000 }, () => getBackoffMs(3));
  const tenths = new Set(pauses.map((pause) => Math.floor((pause - 1_000) / 100)));
  expect(tenths).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  expect([getBackoffMs(1, () => 0), getBackoffMs(1, () => 1), getBackoffMs(99, () => 1)]).toEqual([
    250, 500, 8_000,
  ]);
});

test.each<[Record<string, string>, number]>([
  [{ 'retry-after': '7' }, 7_000],
  // A server that asks for no delay gets a short one.
  [{ 'retry-after': '0' }, 100],
  [{ 'retry-after': '1.5' }, 1_500],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': '86400' }, 600_000],
  [{ 'retry-after-ms': '1500' }, 1_500],
  [{ 'retry-after-ms': '99999999999999999999' }, 600_000],
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1_500],
  [{ 'retry-after-ms': 'junk', 'retry-after': '9' }, 9_000],
  [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Wed, 01 Jan 2031 00:00:00 GMT' }, 600_000],
])('waits before a retry as long as %j asks', async (headers, ms) => {
  const { client, times } = createRecordingClient((_, count) =>
    count === 1 ? failing(429, headers) : Response.json(anAnswer),
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
])('ignores %j', async (headers) => {
  const { client, times } = createRecordingClient((_, count) =>
    count === 1 ? failing(503, headers) : Response.json(anAnswer),
  );
  await settle(client.getThread({ threadId: 't' }));
  expect(times[1]).toBeGreaterThanOrEqual(250);
  expect(times[1]).toBeLessThanOrEqual(500);
});

test('sets retryAfterMs of the error if it does not retry', async () => {
  const { client } = createRecordingClient(() => failing(429, { 'retry-after': '7' }), {
    retry: 0,
  });
  expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
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
])('on status %d with x-should-retry %s, sends %d times', async (status, wish, count) => {
  const { client, requests } = createRecordingClient(() =>
    failing(status, { 'x-should-retry': wish }),
  );
  await settle(getRejection(client.getThread({ threadId: 't' })));
  expect(requests).toHaveLength(count);
});

test.each([{ code: 'insufficient_quota' }, { type: 'insufficient_quota', code: null }])(
  'does not retry if the quota is exhausted: %j',
  async (error) => {
    const { client, requests } = createRecordingClient(() =>
      failing(429, {}, { message: 'No quota.', ...error }),
    );
    expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
      retryable: false,
    });
    expect(requests).toHaveLength(1);
  },
);

test('does not retry if the thread is busy', async () => {
  const busy = { message: 'Thread thread_1 already has an active run run_1.' };
  for (const idempotencyKeys of [true, false]) {
    const { client, requests } = createRecordingClient(() => failing(400, {}, busy), {
      idempotencyKeys,
    });
    const error = await settle(
      getRejection(client.createRun({ threadId: 't', body: { assistant_id: 'a' } })),
    );
    expect(error).toMatchObject({ kind: 'busy', runId: 'run_1' });
    expect(requests).toHaveLength(1);
  }
});

test.each([
  ['a 500', () => failing(500)],
  ['a 429', () => failing(429, { 'retry-after': '1' })],
  ['a 409', () => failing(409)],
  ['a 500 with x-should-retry', () => failing(500, { 'x-should-retry': 'true' })],
  ['a lost connection', () => networkError('ECONNRESET')],
  ['a network failure without a code', () => networkError()],
] as const)('does not retry POST and DELETE on %s', async (_, answer) => {
  const { client, requests } = createRecordingClient(answer);
  await settle(
    getRejection(client.createMessage({ threadId: 't', body: { role: 'user', content: 'x' } })),
  );
  await settle(getRejection(client.modifyThread({ threadId: 't', body: {} })));
  await settle(getRejection(client.cancelRun({ threadId: 't', runId: 'r' })));
  await settle(
    getRejection(
      client.stream('createRun', { threadId: 't', body: { assistant_id: 'a', stream: true } }),
    ),
  );
  await settle(getRejection(client.deleteThread({ threadId: 't' })));
  expect(requests).toHaveLength(5);
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
  'retries a POST that failed before it was sent: %s',
  async (code) => {
    const { client, requests } = createRecordingClient((_, count) =>
      count === 1 ? networkError(code) : Response.json({ ...anAnswer, id: 'm' }),
    );
    expect(
      await settle(client.createMessage({ threadId: 't', body: { role: 'user', content: 'x' } })),
    ).toMatchObject({ id: 'm' });
    expect(await Promise.all(requests.map((request) => request.json()))).toEqual(
      Array(2).fill({ role: 'user', content: 'x' }),
    );
  },
);

test('retries a POST with its idempotency key', async () => {
  const { client, requests } = createRecordingClient(
    (_, count) => (count < 3 ? failing(500) : Response.json({ ...anAnswer, id: 'r' })),
    { idempotencyKeys: true },
  );
  await settle(client.createRun({ threadId: 't', body: { assistant_id: 'a' } }));
  await settle(client.createRun({ threadId: 't', body: { assistant_id: 'a' } }));
  const keys = requests.map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys.slice(0, 3)).toEqual(Array(3).fill(keys[0]));
  expect(keys[3]).not.toBe(keys[0]);
});

test('sends the idempotency key of the caller', async () => {
  const { client, requests } = createRecordingClient(
    (_, count) => (count === 1 ? networkError() : Response.json({ ...anAnswer, id: 'r' })),
    { idempotencyKeys: true },
  );
  await settle(client.createThread({}, { idempotencyKey: 'mine' }));
  expect(requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['mine', 'mine']);
});

test('retries an upload with its file', async () => {
  const { client, requests } = createRecordingClient(
    (_, count) => (count === 1 ? failing(503) : Response.json({ ...anAnswer, id: 'file-1' })),
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

test('does not retry if the idempotency key was used for another request', async () => {
  const { client, requests } = createRecordingClient(() => failing(409), { idempotencyKeys: true });
  await settle(getRejection(client.createThread()));
  expect(requests).toHaveLength(1);
});

test('sends idempotency keys only with creations, and only to servers that support them', async () => {
  const supporting = createRecordingClient(() => Response.json(anAnswer), {
    idempotencyKeys: true,
  });
  await supporting.client.getThread({ threadId: 't' });
  await supporting.client.modifyThread({ threadId: 't', body: {} });
  await supporting.client.cancelRun({ threadId: 't', runId: 'r' });
  const other = createRecordingClient(() => Response.json(anAnswer));
  await other.client.createThread({}, { idempotencyKey: 'mine' });
  const requests = [...supporting.requests, ...other.requests];
  expect(requests.map(({ headers }) => headers.has('idempotency-key'))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([supporting.client.supportsIdempotencyKeys, other.client.supportsIdempotencyKeys]).toEqual(
    [true, false],
  );
});

test('calls the apiKey function for each attempt', async () => {
  let count = 0;
  const { client, requests } = createRecordingClient(
    (_, tries) => (tries === 1 ? failing(500) : Response.json(anAnswer)),
    { apiKey: () => `key-${++count}` },
  );
  await settle(client.getThread({ threadId: 't' }));
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
    'Bearer key-1',
    'Bearer key-2',
  ]);
});

test('applies the timeout to each attempt', async () => {
  const { fetch, requests } = recordingFetch(() => new Promise(() => {}));
  const client = createAssistantsClient({
    baseUrl: 'https://host.test',
    fetch,
    timeoutMs: 1_000,
    retry: 1,
  });
  expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
    kind: 'timeout',
  });
  expect(requests).toHaveLength(2);
  expect(Date.now() - start).toBeGreaterThanOrEqual(2_250);
});

test('leaves no timer behind for any kind of response', async () => {
  for (const answer of [
    () => Response.json(anAnswer),
    () => failing(404),
    () => new Response('<html>'),
    () => networkError(),
  ]) {
    const { client, requests } = createRecordingClient(answer, { retry: 0 });
    await client.getThread({ threadId: 't' }).catch(() => undefined);
    expect(requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  }
  await getRejection(
    createRecordingClient(() => networkError()).client.getThread({ threadId: '..' }),
  );
  expect(vi.getTimerCount()).toBe(0);
});

test('leaves no timer behind after a stream has opened', async () => {
  const events = new ReadableStream();
  const { client } = createRecordingClient(
    () => new Response(events, { headers: { 'content-type': 'text/event-stream' } }),
  );
  await client.stream('createRun', { threadId: 't', body: { assistant_id: 'a', stream: true } });
  expect(vi.getTimerCount()).toBe(0);
});

test.each([Infinity, 2 ** 40])('limits a timeout of %d to the longest timer', async (timeoutMs) => {
  const fetch = () =>
    new Promise<Response>(
      (resolve) =>
        void setTimeout(() => resolve(Response.json({ ...anAnswer, id: 't' })), 3_600_000),
    );
  const client = createAssistantsClient({ baseUrl: 'https://host.test', fetch, timeoutMs });
  const thread = client.getThread({ threadId: 't' });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await thread).toMatchObject({ id: 't' });
});

test('prefers the timeout of a call to that of the client', async () => {
  const client = createAssistantsClient({
    baseUrl: 'https://host.test',
    fetch: () => new Promise(() => {}),
    retry: 0,
  });
  const started = Date.now();
  expect(
    await settle(getRejection(client.getThread({ threadId: 't' }, { timeoutMs: 70_000 }))),
  ).toMatchObject({ kind: 'timeout' });
  expect(Date.now() - started).toBe(70_000);
  expect(await settle(getRejection(client.getThread({ threadId: 't' })))).toMatchObject({
    message: 'getThread timed out: no response within 60 seconds.',
  });
  expect(Date.now() - started).toBe(130_000);
});

test('retries a POST on a refused connection, and never on a connection that broke', async () => {
  vi.useRealTimers();
  const dead = await deadAddress();
  const received: string[] = [];
  const url = await listen((request, response) => {
    received.push(request.url ?? '');
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
  expect(await client.createMessage({ threadId: 'kept', body })).toMatchObject({ id: 'msg_1' });
  expect(await getRejection(client.createMessage({ threadId: 'cut', body }))).toMatchObject({
    kind: 'network',
  });
  expect(received).toEqual(['/threads/kept/messages', '/threads/cut/messages']);
});
