import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import type { Model } from '../../src/backend/models/Model.js';
import type { Ownership } from '../../src/proxy/ownership/Ownership.js';
import { memoryOwnership } from '../../src/proxy/ownership/memoryOwnership.js';
import { createProxy } from '../../src/proxy/createProxy.js';
import { EXTENSIONS_HEADER, REASONING_ACCEPT } from '../../src/protocol/extensions.js';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { createDeferred } from '../createDeferred.js';
import {
  ANYTHING,
  APP,
  createBackendProxy,
  createTestProxy,
  getUser,
  JSON_TYPE,
} from './createTestProxy.js';

const encoder = new TextEncoder();
const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8' };

function toEvent(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}
const created = toEvent('thread.created', { id: 'thread_1', object: 'thread' });
const runCreated = toEvent('thread.run.created', {
  id: 'run_1',
  object: 'thread.run',
  thread_id: 'thread_1',
  status: 'queued',
});
const done = toEvent('done', '[DONE]');

/** Responds with an event stream of these chunks. */
const respondChunks =
  (...chunks: (string | Uint8Array)[]) =>
  () =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) {
            controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
          }
          controller.close();
        },
      }),
      { headers: EVENTS },
    );

/** Creates a proxy whose ownership records the order of claims and of received texts. */
function createRecordingProxy(answer: () => Response) {
  const log: string[] = [];
  const inner = memoryOwnership();
  const ownership: Ownership = {
    async claim(user, object) {
      const isOwner = await inner.claim(user, object);
      log.push(`claim ${object.id}`);
      return isOwner;
    },
    owns: inner.owns,
  };
  const announced: string[] = [];
  const proxy = createTestProxy(answer, {
    user: getUser,
    ownership,
    onThreadCreated: (_, id) => void announced.push(id),
  });
  const stream = () =>
    proxy.post('/threads/runs', { assistant_id: 'asst_1', stream: true }, { 'x-user': 'ann' });
  return { ...proxy, inner, log, announced, stream };
}

it('sends event streams that no server in between compresses or buffers', async () => {
  const { stream } = createRecordingProxy(respondChunks(created, runCreated, done));
  const { headers } = await stream();
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect(headers.get('cache-control')).toBe('no-cache, no-transform');
  expect(headers.get('x-accel-buffering')).toBe('no');
});

it.each<[string, string[]]>([
  ['thread.created', [created, runCreated, done]],
  ['thread.run.created', [runCreated, created, done]],
  ['a thread without a name of its event', ['data: {"id":"thread_1","object":"thread"}\n\n', done]],
  ['an event without a name', [`data: {"thread_id":"thread_1"}\n\n`, done]],
  ['a delta', [toEvent('thread.message.delta', { thread_id: 'thread_1' }), done]],
  ['an event after others', [': hello\n\n', toEvent('ping', '{}'), runCreated, done]],
  [
    'an event inside the data',
    [
      'data: {"event":"thread.run.created","data":{"object":"thread.run","thread_id":"thread_1"}}\n\n',
      'event: thread.created\ndata: {"event":"thread.created","data":{"id":"thread_1"}}\n\n',
    ],
  ],
  ['CRLF', [created.replaceAll('\n', '\r\n'), done]],
  ['CR', [created.replaceAll('\n', '\r'), done]],
])('takes the thread from %s', async (_, chunks) => {
  const { stream, log, announced } = createRecordingProxy(respondChunks(...chunks));
  const response = await stream();
  expect(await response.text()).toBe(chunks.join(''));
  expect(log).toEqual(['claim thread_1']);
  expect(announced).toEqual(['thread_1']);
});

it('claims a thread before its first byte is sent, for any chunks', async () => {
  const text = `: hello\n\n${created}${runCreated}${done}`;
  const bytes = encoder.encode(text);
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 });
  await assertProperty(
    fc.asyncProperty(cuts, async (positions) => {
      const sorted = [0, ...positions.toSorted((one, other) => one - other), bytes.length];
      const chunks = sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
      const { stream, log } = createRecordingProxy(respondChunks(...chunks));
      const reader = (await stream()).body?.getReader();
      let received = '';
      for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
        received += new TextDecoder().decode(read.value);
        expect(received.includes('thread_') ? log : ['claim thread_1']).toEqual(['claim thread_1']);
      }
      expect(received).toBe(text);
    }),
    { name: 'proxyEvents', full: 3_000, small: 60 },
  );
});

it('forwards each event before the next one arrives', async () => {
  const gate = createDeferred<void>();
  const { stream } = createRecordingProxy(
    () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            controller.enqueue(encoder.encode(created));
            await gate.promise;
            controller.enqueue(encoder.encode(runCreated));
            controller.close();
          },
        }),
        { headers: EVENTS },
      ),
  );
  const reader = (await stream()).body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(created);
  gate.resolve();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(runCreated);
  expect((await reader?.read())?.done).toBe(true);
});

it('claims the thread of a run whose events are large', async () => {
  const instructions = 'x'.repeat(1_000_000);
  const event = toEvent('thread.run.created', { instructions, id: 'run_1', thread_id: 'thread_1' });
  const half = event.length / 2;
  const { stream, log } = createRecordingProxy(
    respondChunks(event.slice(0, half), event.slice(half), done),
  );
  expect(await (await stream()).text()).toBe(event + done);
  expect(log).toEqual(['claim thread_1']);
});

it('claims the thread of a large JSON response', async () => {
  const run = { id: 'run_1', instructions: 'x'.repeat(1_000_000), thread_id: 'thread_1' };
  const { stream, log } = createRecordingProxy(() => Response.json(run));
  expect(await (await stream()).json()).toEqual(run);
  expect(log).toEqual(['claim thread_1']);
});

describe('a stream with a thread of another user', () => {
  it('becomes a 502 without the id', async () => {
    const { stream, inner, errors } = createRecordingProxy(respondChunks(created, done));
    await inner.claim('bob', { type: 'thread', id: 'thread_1' });
    const response = await stream();
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain('thread_1');
    expect(errors).toHaveLength(1);
  });

  it('breaks off before the id if other events came first', async () => {
    const { stream, inner, errors } = createRecordingProxy(respondChunks(': hello\n\n', created));
    await inner.claim('bob', { type: 'thread', id: 'thread_1' });
    const reader = (await stream()).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(': hello\n\n');
    await expect(reader?.read()).rejects.toThrow('another user');
    expect(errors).toHaveLength(1);
  });
});

it('sends nothing if a claim fails', async () => {
  const proxy = createProxy({
    upstream: 'https://models.example/v1',
    allow: operationIds,
    policy: ANYTHING,
    user: () => 'ann',
    ownership: {
      claim: () => Promise.reject(new Error('The database is down.')),
      owns: () => true,
    },
    onError: () => undefined,
    fetch: async () => respondChunks(created, done)(),
  });
  const response = await proxy.fetch(
    new Request(`${APP}/v1/threads/runs`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: '{"assistant_id":"asst_1","stream":true}',
    }),
  );
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/thread_1|database/);
});

it('claims files that a run creates while the stream passes', async () => {
  const path = { type: 'file_path', file_path: { file_id: 'file-path' } };
  const delta = toEvent('thread.message.delta', {
    id: 'msg_1',
    object: 'thread.message.delta',
    delta: { content: [{ index: 0, type: 'text', text: { annotations: [path] } }] },
  });
  const { stream, log } = createRecordingProxy(respondChunks(created, delta, done));
  await (await stream()).text();
  expect(log).toEqual(['claim thread_1', 'claim file-path']);
});

it('keeps the text of deltas as it is, without parsing it', async () => {
  const delta = 'event: thread.message.delta\ndata: {not json\n\n';
  const { stream } = createRecordingProxy(respondChunks(created, delta, done));
  expect(await (await stream()).text()).toBe(created + delta + done);
});

it('removes secrets from errors inside a stream, and keeps everything else', async () => {
  const failed = (message: string) =>
    `id: 7\nevent: thread.run.failed\ndata: ${JSON.stringify({ id: 'run_1', object: 'thread.run', last_error: { code: 'server_error', message } })}\n\n`;
  const wrapped = (message: string) =>
    `event: message\ndata: ${JSON.stringify({ error: { message } })}\n\n`;
  const text = `event: thread.message.completed\ndata: {"text":"\\"error\\": {\\"message\\": \\"sk-ours\\"}"}\n\n`;
  const { stream } = createRecordingProxy(
    respondChunks(
      created,
      text,
      failed('Incorrect API key provided: sk-server-secret'),
      toEvent('error', { message: 'Bad key sk-other-1234.', code: 'sk-server-secret' }),
      toEvent('error', 'Bad key sk-other-1234.'),
      wrapped('Bearer abc'),
      done,
    ),
  );
  expect(await (await stream()).text()).toBe(
    created +
      text +
      failed('Incorrect API key provided: ***').replace(/(id: 7\n)(event: .*\n)/, '$1$2') +
      toEvent('error', { message: 'Bad key ***', code: '***' }) +
      toEvent('error', 'Bad key ***') +
      wrapped('***') +
      done,
  );
});

it('removes secrets from lines that are no data of an event, and keeps everything else', async () => {
  const text = `: keep-alive\n\n:${' '.repeat(2_048)}\n\n${toEvent('thread.message.delta', 'a\u2028sk-ant-123456')}`;
  const { stream } = createRecordingProxy(
    respondChunks(
      created,
      text,
      'error: {"message":"Incorrect API key sk-other-1234"}\n\n',
      ': upstream key sk-server-secret\n\n',
      `id: sk-server-secret-000\n${runCreated}`,
      `: ${'x'.repeat(3_000)} sk-other-1234\n\n`,
      'error: sk-server-secret',
    ),
  );
  expect(await (await stream()).text()).toBe(
    `${created}${text}error: {"message":"Incorrect API key ***"}\n\n: upstream key ***\n\n` +
      `id: ***-000\n${runCreated}:\n\nerror: ***`,
  );
});

describe('the content type of the server', () => {
  const run = { id: 'run_1', object: 'thread.run', thread_id: 'thread_1' };
  const answer = (text: string, type: string | undefined) => () => {
    const response = new Response(text);
    response.headers.delete('content-type');
    if (type !== undefined) response.headers.set('content-type', type);
    return response;
  };

  it.each(['text/event-stream', 'text/plain', undefined])(
    'does not matter for JSON: %s',
    async (type) => {
      const { stream, log } = createRecordingProxy(answer(` \n${JSON.stringify(run)}`, type));
      const response = await stream();
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual(run);
      expect(log).toEqual(['claim thread_1']);
    },
  );

  it.each(['application/json', 'text/plain', undefined])(
    'does not matter for a stream: %s',
    async (type) => {
      const { stream, log } = createRecordingProxy(answer(`\n${runCreated}${done}`, type));
      const response = await stream();
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      expect(await response.text()).toBe(`\n${runCreated}${done}`);
      expect(log).toEqual(['claim thread_1']);
    },
  );

  it.each([
    ['text/html', JSON.stringify(run)],
    ['text/plain', 'Welcome'],
    [undefined, ''],
  ])('matters for everything else: %s', async (type, text) => {
    const { stream } = createRecordingProxy(answer(text, type));
    expect((await stream()).status).toBe(502);
  });
});

it('ends a stream that upstream cuts off, and reports it', async () => {
  const { stream, errors } = createRecordingProxy(
    () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.error(new TypeError('terminated'));
          },
          start(controller) {
            controller.enqueue(encoder.encode(created));
          },
        }),
        { headers: EVENTS },
      ),
  );
  const reader = (await stream()).body?.getReader();
  await reader?.read();
  await expect(reader?.read()).rejects.toThrow('broke off');
  expect(errors).toHaveLength(1);
});

describe('a stream that is continued', () => {
  async function createRun() {
    const { as } = createBackendProxy();
    const ann = as('ann');
    const { id } = await ann.json('POST', '/assistants', { model: 'any' });
    const response = await ann.send('POST', '/threads/runs', { assistant_id: id, stream: true });
    const text = await response.text();
    const runId = /"id":"(run_\w+)"/.exec(text)?.[1];
    const threadId = /"thread_id":"(thread_\w+)"/.exec(text)?.[1];
    const rejoin = (query: string, user = 'ann') =>
      as(user).send('GET', `/threads/${threadId}/runs/${runId}?${query}`);
    return { response, text, rejoin };
  }

  it('is announced and forwarded with its ids', async () => {
    const { response, text, rejoin } = await createRun();
    expect(response.headers.get(EXTENSIONS_HEADER)).toContain('run-events');
    const rest = text.slice(text.indexOf('event: thread.run.queued'));
    expect(await (await rejoin('stream=true&starting_after=2')).text()).toBe(rest);
  });

  it('belongs to its user', async () => {
    const { rejoin } = await createRun();
    expect((await rejoin('stream=true&starting_after=0', 'bob')).status).toBe(404);
  });

  it.each(['stream=yes', 'starting_after=-1', 'starting_after=1e3'])(
    'is refused with %s',
    async (query) => {
      const { rejoin } = await createRun();
      expect((await rejoin(query)).status).toBe(400);
    },
  );
});

describe('reasoning', () => {
  const thinks: Model = {
    async *respond() {
      yield { type: 'reasoning', text: 'Let me think.' };
      yield { type: 'text', text: 'Hello.' };
    },
  };
  const event = 'thread.run.step.reasoning.delta';

  async function createRun(accept: string) {
    const ann = createBackendProxy({}, thinks).as('ann');
    const { id } = await ann.json('POST', '/assistants', { model: 'any' });
    const body = { assistant_id: id, stream: true };
    const response = await ann.send('POST', '/threads/runs', body, { accept });
    const text = await response.text();
    const runId = /"id":"(run_\w+)"/.exec(text)?.[1];
    const path = `/threads/${/"thread_id":"(thread_\w+)"/.exec(text)?.[1]}/runs/${runId}`;
    const again = await ann.send('GET', `${path}?stream=true&starting_after=0`, undefined, {
      accept,
    });
    return { response, text, again: await again.text() };
  }

  it('is streamed through the proxy to clients that ask for it', async () => {
    const { response, text, again } = await createRun(REASONING_ACCEPT);
    expect(response.headers.get(EXTENSIONS_HEADER)).toContain('reasoning');
    expect(text).toContain(event);
    expect(again).toContain(event);
  });

  it('is not streamed to others', async () => {
    const { text, again } = await createRun('text/event-stream');
    expect(text + again).not.toContain(event);
    expect(text).toContain('event: done');
  });
});
