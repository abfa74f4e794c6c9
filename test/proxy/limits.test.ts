import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProxyLimits, ProxyOptions } from '../../src/proxy/ProxyOptions.js';
import { getRejection } from '../client/recordingFetch.js';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import {
  createBackendProxy,
  createTestProxy,
  getUser,
  JSON_TYPE,
  respondThread,
} from './createTestProxy.js';

afterEach(() => vi.useRealTimers());

const encoder = new TextEncoder();
const EVENTS = { 'content-type': 'text/event-stream' };
const JSON_HEADERS = { 'content-type': 'application/json' };
const never = () => new Promise<never>(() => {});

/** Responds with a body that sends these texts, and then nothing more. */
const respondSilently = (headers: Record<string, string>, ...texts: string[]) => {
  let isCancelled = false;
  const respond = (status = 200) =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const text of texts) controller.enqueue(encoder.encode(text));
        },
        cancel() {
          isCancelled = true;
        },
      }),
      { headers, status },
    );
  return { respond, isCancelled: () => isCancelled };
};

/** Responds with a body that never ends. Counts the chunks that were read. */
const respondEndlessly = (headers: Record<string, string>, chunk: string, status = 200) => {
  let count = 0;
  const bytes = encoder.encode(chunk);
  const respond = () =>
    new Response(
      new ReadableStream(
        {
          pull(controller) {
            count += 1;
            controller.enqueue(bytes);
          },
        },
        { highWaterMark: 0 },
      ),
      { headers, status },
    );
  return { respond, getCount: () => count };
};

describe('times', () => {
  const limits = { headersMs: 1_000, firstEventMs: 2_000, silenceMs: 3_000 };

  it.each<[string, () => Response | Promise<Response>, number]>([
    ['does not respond', never, 1_000],
    ['sends headers only', () => respondSilently(EVENTS).respond(), 2_000],
    ['sends half an event', () => respondSilently(EVENTS, 'event: x\ndata').respond(), 2_000],
    ['sends half an object', () => respondSilently(JSON_HEADERS, '{"id":').respond(), 3_000],
  ])('answers 502 if the server %s', async (_, respond, limitMs) => {
    vi.useFakeTimers();
    const { send, seen, errors } = createTestProxy(respond, { limits });
    let status: number | undefined;
    const sent = send('GET', '/v1/threads/thread_1').then(async (response) => {
      status = response.status;
      return (await response.json()) as object;
    });
    await vi.advanceTimersByTimeAsync(limitMs - 1);
    expect(status).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(await sent).toMatchObject({ error: { type: 'server_error' } });
    expect(status).toBe(502);
    expect(seen[0]?.signal.aborted).toBe(true);
    expect(errors).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('relays an error whose body never ends', async () => {
    vi.useFakeTimers();
    const { respond } = respondSilently(JSON_HEADERS, '{"error":');
    const { send } = createTestProxy(() => respond(429), { limits });
    const sent = send('GET', '/v1/threads/thread_1');
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await sent).status).toBe(429);
  });

  it('ends a stream that falls silent, and not one that sends comments', async () => {
    vi.useFakeTimers();
    let write: (text: string) => void = () => {};
    const { send } = createTestProxy(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              write = (text) => controller.enqueue(encoder.encode(text));
            },
          }),
          { headers: EVENTS },
        ),
      { limits },
    );
    const sent = send('GET', '/v1/threads/thread_1');
    await vi.advanceTimersByTimeAsync(0);
    write(': one\n\n');
    const reader = (await sent).body?.getReader();
    await reader?.read();
    for (let count = 0; count < 5; count += 1) {
      const read = reader?.read();
      await vi.advanceTimersByTimeAsync(2_000);
      write(': more\n\n');
      expect((await read)?.done).toBe(false);
    }
    const last = getRejection(reader?.read() ?? Promise.resolve());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(String(await last)).toContain('no event for 3 s');
  });

  it('answers 502 if bytes trickle in without ending an event', async () => {
    vi.useFakeTimers();
    let write: () => void = () => {};
    const { send } = createTestProxy(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              write = () => controller.enqueue(encoder.encode('d'));
            },
          }),
          { headers: EVENTS },
        ),
      { limits },
    );
    let status: number | undefined;
    void send('GET', '/v1/threads/thread_1').then((response) => {
      status = response.status;
    });
    await vi.advanceTimersByTimeAsync(1_500);
    write();
    await vi.advanceTimersByTimeAsync(499);
    expect(status).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2);
    expect(status).toBe(502);
  });

  it('answers 408 to a body that falls silent', async () => {
    vi.useFakeTimers();
    const { send, seen } = createTestProxy(respondThread, { limits });
    const { body } = respondSilently({}, '{').respond();
    const sent = send('POST', '/v1/threads', { headers: JSON_TYPE, body, duplex: 'half' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await sent).status).toBe(408);
    expect(seen).toEqual([]);
  });
});

describe('sizes', () => {
  it.each([
    [10, 200],
    [11, 413],
  ])(
    'counts the received bytes of a body of %i bytes, not its Content-Length',
    async (length, status) => {
      const { send } = createTestProxy(respondThread, { limits: { bodyBytes: 10 } });
      const text = `{${' '.repeat(length - 2)}}`;
      const response = await send('POST', '/v1/threads', {
        body: new Blob([text]).stream(),
        headers: { ...JSON_TYPE, 'content-length': '1' },
        duplex: 'half',
      });
      expect(response.status).toBe(status);
    },
  );

  it.each<[keyof ProxyLimits, Record<string, string>, string]>([
    ['responseBytes', JSON_HEADERS, ' '.repeat(100)],
    ['eventBytes', EVENTS, `data: ${'x'.repeat(100)}`],
  ])('answers 502 beyond %s, and reads no further', async (limit, headers, chunk) => {
    const { respond, getCount } = respondEndlessly(headers, chunk);
    const { send } = createTestProxy(respond, { limits: { [limit]: 1_000 } });
    expect((await send('GET', '/v1/threads/thread_1')).status).toBe(502);
    expect(getCount()).toBeLessThanOrEqual(12);
  });

  it('reads a limited part of an error body', async () => {
    const { respond, getCount } = respondEndlessly(JSON_HEADERS, ' '.repeat(1024), 500);
    const { send } = createTestProxy(respond);
    expect((await send('GET', '/v1/threads/thread_1')).status).toBe(500);
    expect(getCount()).toBeLessThanOrEqual(66);
  });

  it('breaks a download off beyond downloadBytes', async () => {
    const { respond } = respondEndlessly({}, 'x'.repeat(100));
    const { send } = createTestProxy(respond, { limits: { downloadBytes: 1_000 } });
    const response = await send('GET', '/v1/files/file-1/content');
    await expect(response.text()).rejects.toThrow('more than 1000 bytes');
    const announced = () => new Response('x', { headers: { 'content-length': '1001' } });
    const { send: sendAnnounced } = createTestProxy(announced, {
      limits: { downloadBytes: 1_000 },
    });
    expect((await sendAnnounced('GET', '/v1/files/file-1/content')).status).toBe(502);
  });
});

describe('failures', () => {
  const fail = () => {
    throw new Error('secret of the app');
  };

  it.each<[string, Partial<ProxyOptions>]>([
    ['user', { user: fail }],
    ['authorize', { authorize: fail }],
    ['headers', { headers: fail }],
    ['owns', { ownership: { claim: () => true, owns: fail }, user: () => 'ann' }],
    ['claim', { ownership: { claim: fail, owns: () => true }, user: () => 'ann' }],
    ['onThreadCreated', { onThreadCreated: fail, user: () => 'ann' }],
  ])('of %s become a 500, and reach onError', async (name, options) => {
    const { post, errors } = createTestProxy(respondThread, options);
    const path = name === 'owns' ? '/threads/thread_1' : '/threads';
    const response = await post(path, {});
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: { message: 'The proxy failed.', type: 'server_error', param: null, code: null },
    });
    expect(errors.map(String)).toEqual(['Error: secret of the app']);
  });

  it.each<[string, () => Response | Promise<Response>, number]>([
    ['fetch throws', fail, 502],
    ['a response breaks off', () => brokenResponse(200), 502],
    ['an error breaks off', () => brokenResponse(429), 429],
    ['a response is not JSON', () => new Response('{', { headers: JSON_HEADERS }), 502],
    ['a response is a list', () => Response.json([]), 502],
    ['an error has a status above 599', () => createStatus(999), 502],
    ['a response has no body', () => new Response(null, { status: 204 }), 502],
  ])('of the server, when %s, become an error of the API', async (_, respond, status) => {
    const { post } = createTestProxy(respond);
    const response = await post('/threads', {});
    expect(response.status).toBe(status);
    const body = (await response.json()) as { error: object };
    expect(Object.keys(body.error)).toEqual(['message', 'type', 'param', 'code']);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  /** Responses of `fetch` can have statuses that the constructor refuses. */
  function createStatus(status: number): Response {
    const response = Response.json({ error: { message: 'No.' } });
    return Object.defineProperty(response, 'status', { value: status });
  }

  it('of the request become a 400', async () => {
    const { send, seen } = createTestProxy(respondThread);
    const body = brokenResponse(200).body;
    const response = await send('POST', '/v1/threads', {
      headers: JSON_TYPE,
      body,
      duplex: 'half',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('The request broke off');
    expect(seen).toEqual([]);
  });

  it('are logged, and end no process, also if onError fails', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    // JavaScript does not refuse these values.
    const asOptions = (onError: unknown) => ({ onError }) as Partial<ProxyOptions>;
    const reject = () => Promise.reject(new Error('log'));
    for (const onError of [undefined, fail, reject]) {
      const options = { ...asOptions(onError), authorize: fail };
      const { send } = createTestProxy(respondThread, options);
      expect((await send('GET', '/v1/threads/thread_1')).status).toBe(500);
    }
    await vi.waitFor(() => expect(logged).toHaveBeenCalledTimes(3));
    const { send } = createTestProxy(fail, asOptions(undefined));
    expect((await send('GET', '/v1/threads/thread_1')).status).toBe(502);
    expect(logged).toHaveBeenCalledTimes(3);
    logged.mockRestore();
  });

  function brokenResponse(status: number): Response {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    return new Response(body, { headers: JSON_HEADERS, status });
  }
});

describe('secrets in errors', () => {
  const hex = '0123456789abcdef0123456789abcdef';
  it.each([
    'sk-server-secret',
    'header-secret',
    'query-secret',
    'sk-proj-abc123',
    'sk-ant-api03-abc123',
    'sk-ab***yz',
    'org-abc',
    'proj_abc',
    'gsk_0123456789abcdef',
    'xai-0123456789abcdef',
    'pplx-0123456789abcdef',
    'hf_abcdefghij0123456789',
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyA0123456789abcdefghijklmnopqrst',
    'ghp_0123456789abcdef',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    hex,
    `${hex}${hex}`,
    'abcd****************wxyz',
  ])('are removed from all fields: %s', async (secret) => {
    const error = { message: `Key ${secret}.`, type: secret, param: secret, code: `x ${secret}` };
    const { send } = createTestProxy(() => Response.json({ error }, { status: 400 }), {
      upstream: 'https://models.example/v1?api-key=query-secret',
      headers: { 'api-key': 'header-secret' },
    });
    const response = await send('GET', '/v1/threads/thread_1');
    const text = await response.text();
    expect(text).not.toContain(secret);
    expect(text).toContain('***');
  });

  it.each<[string, Partial<ProxyOptions>]>([
    ['shorttok9', { headers: { authorization: 'Bearer shorttok9' } }],
    ['hunter22', { headers: { authorization: `Basic ${btoa('admin:hunter22')}` } }],
    ['q7w8e9r0', { headers: { cookie: 'theme=dark; sid=q7w8e9r0' } }],
    ['my%2Bsecret%2Fkey', { apiKey: 'my+secret/key' }],
    [btoa('my+secret/key'), { apiKey: 'my+secret/key' }],
    ['my-s...-key', { apiKey: 'my-secret-is-the-key' }],
  ])('are removed in other forms: %s', async (secret, options) => {
    const message = `Bad: ${secret}, and api_key=abc12345`;
    const { send } = createTestProxy(
      () => Response.json({ error: { message } }, { status: 400 }),
      options,
    );
    const response = await send('GET', '/v1/threads/thread_1');
    expect(await response.json()).toMatchObject({
      error: { message: 'Bad: ***, and api_key=***' },
    });
  });

  it('are removed from errors of objects', async () => {
    const run = { id: 'run_1', status: 'failed', last_error: { message: 'Key sk-server-secret.' } };
    const { send } = createTestProxy(() => Response.json(run));
    const response = await send('GET', '/v1/threads/t/runs/run_1');
    expect(await response.json()).toEqual({ ...run, last_error: { message: 'Key ***.' } });
  });

  it.each([
    ['inside an error', { error: { inner: [{ message: 'Key sk-server-secret.' }] } }],
    ['in a list of errors', { errors: ['Key sk-other-secret-1.'] }],
    ['in capitals', { Error: { message: 'Key SK-SERVER-SECRET.' } }],
    ['of the proxy in any field', { metadata: { log: 'Bearer sk-server-secret' } }],
    [
      'deep inside an error',
      {
        error: Array.from({ length: 40 }).reduce<unknown>(
          (inner) => ({ inner }),
          'sk-other-secret-1',
        ),
      },
    ],
    ['as a name', { error: { 'sk-server-secret': true } }],
    ['encoded', { detail: btoa('Bearer sk-server-secret') }],
  ])('are removed from objects: %s', async (_, fields) => {
    const { send } = createTestProxy(() => Response.json({ id: 'run_1', ...fields }));
    const text = await (await send('GET', '/v1/threads/t/runs/run_1')).text();
    expect(text).toContain('***');
    expect(text).not.toMatch(/-secret|c2VjcmV0/i);
  });

  it('are removed from the path of the server', async () => {
    const upstream = 'https://models.example/tenant-9f8e7d6c5b4a3210/gpt-4o-2024-11-20/v1';
    const answer = () => Response.redirect(`${upstream}/threads/`);
    const { post } = createTestProxy(answer, { upstream });
    const text = await (await post('/threads', {})).text();
    expect(text).toContain('https://models.example/***/gpt-4o-2024-11-20/v1/threads/');
  });

  it('keep the ids and words of ordinary messages', async () => {
    const message =
      "No thread found with id 'thread_abcdefghijklmnop12345678' in run_abcdefghijklmnop12345678, file-abcdefghijklmnop12345678: rate_limit_exceeded at 2026-11-29T10:00:00.";
    const { send } = createTestProxy(() => Response.json({ error: { message } }, { status: 404 }));
    const response = await send('GET', '/v1/threads/thread_1');
    expect(await response.json()).toMatchObject({ error: { message } });
  });

  it('are removed from headers and from the address of a redirect', async () => {
    const { send } = createTestProxy(() =>
      Response.json({}, { headers: { 'x-request-id': 'req sk-server-secret' } }),
    );
    const response = await send('GET', '/v1/threads/thread_1');
    expect(response.headers.get('x-request-id')).toBe('req ***');
    const redirecting = createTestProxy(() =>
      Response.redirect('https://a:sk-server-secret@b.example/sk-server-secret?k=sk-server-secret'),
    );
    const redirected = await redirecting.send('GET', '/v1/threads/thread_1');
    const text = await redirected.text();
    expect(text).toContain('https://b.example/***');
    expect(text).not.toContain('server-secret');
  });
});

it.each([
  ['0', '1'],
  ['0.2', '1'],
  ['7', '7'],
  ['999999', '3600'],
  ['-1', null],
  ['soon', null],
])('relays retry-after %s as %s', async (value, relayed) => {
  const { send } = createTestProxy(
    () => Response.json({}, { status: 429, headers: { 'retry-after': value } }),
    { now: () => 0 },
  );
  const response = await send('GET', '/v1/threads/thread_1');
  expect(response.headers.get('retry-after')).toBe(relayed);
});

it('limits the rate of unknown operations, too, and survives a clock that is set back', async () => {
  let now = 1_000_000;
  const { send } = createTestProxy(respondThread, {
    now: () => now,
    user: () => 'ann',
    rateLimit: { requestsPerMinute: 2 },
  });
  expect((await send('GET', '/v1/x')).status).toBe(404);
  now -= 500_000;
  expect((await send('GET', '/v1/threads/thread_1')).status).toBe(200);
  const refused = await send('GET', '/v1/threads/thread_1');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
  now += 30_000;
  expect((await send('GET', '/v1/threads/thread_1')).status).toBe(200);
});

describe('concurrent runs', () => {
  const limits = { concurrentRuns: 2 };
  const run = (id: string, status: string) => ({
    id,
    object: 'thread.run',
    thread_id: 't',
    status,
  });
  const body = { assistant_id: 'asst_1' };
  const ann = { 'x-user': 'ann' };

  it('are limited for each user until the proxy sees their end', async () => {
    let status = 'queued';
    let count = 0;
    const { post, send } = createTestProxy(
      (request) => {
        if (request.method === 'GET') return Response.json(run('run_1', status));
        count += 1;
        return Response.json(run(`run_${count}`, 'queued'));
      },
      { limits, user: getUser },
    );
    const start = (headers = ann) => post('/threads/t/runs', body, headers);
    expect([(await start()).status, (await start()).status]).toEqual([200, 200]);
    const refused = await start();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ error: { code: 'too_many_runs' } });
    expect((await start({ 'x-user': 'bob' })).status).toBe(200);
    await send('GET', '/v1/threads/t/runs/run_1', { headers: ann });
    expect((await start()).status).toBe(429);
    status = 'completed';
    await send('GET', '/v1/threads/t/runs/run_1', { headers: ann });
    expect((await start()).status).toBe(200);
    expect((await start()).status).toBe(429);
  });

  it('end with the stream, with a failed request, and after ten minutes', async () => {
    let now = 0;
    let respond = () => Response.json({ error: {} }, { status: 400 });
    const { post } = createTestProxy(() => respond(), {
      limits: { concurrentRuns: 1 },
      user: getUser,
      now: () => now,
    });
    const start = async () => {
      const response = await post('/threads/t/runs', body, ann);
      await response.text();
      return response.status;
    };
    expect([await start(), await start()]).toEqual([400, 400]);
    const event = (status: string) =>
      `event: thread.run.${status}\ndata: ${JSON.stringify(run('run_1', status))}\n\n`;
    respond = () => new Response(event('created') + event('completed'), { headers: EVENTS });
    expect([await start(), await start()]).toEqual([200, 200]);
    respond = () => Response.json(run('run_2', 'queued'));
    expect([await start(), await start()]).toEqual([200, 429]);
    now = 10 * 60_000;
    expect(await start()).toBe(200);
    now = 0;
    expect(await start()).toBe(200);
  });

  it('allow a conversation of many turns', async () => {
    const { as, backend } = createBackendProxy(
      { limits, ownership: memoryOwnership() },
      scriptedModel(),
    );
    const user = as('ann');
    const assistant = await user.json('POST', '/assistants', { model: 'm' });
    const thread = await user.json('POST', '/threads', {});
    for (let turn = 0; turn < 6; turn += 1) {
      const response = await user.send('POST', `/threads/${thread.id}/runs`, {
        assistant_id: assistant.id,
        stream: true,
      });
      expect(response.status).toBe(200);
      await response.text();
      await backend.idle();
    }
  });
});
