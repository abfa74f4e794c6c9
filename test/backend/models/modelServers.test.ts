import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ModelServerOptions } from '../../../src/backend/models/server/ModelServerOptions.js';
import type { FileObject, Message } from '../../../src/protocol/types.js';
import { createDeferred } from '../../createDeferred.js';
import {
  collect,
  getEventNames,
  readUntil,
  getRunOfEvent,
  createRunHarness,
  getText,
} from '../createRunHarness.js';
import { createPdf } from '../search/createPdf.js';
import { createModelRequest } from './createModelRequest.js';
import {
  createMockFetch,
  startMockServer,
  API_KEY,
  MODELS,
  createRecordingFetch,
  runModel,
} from './modelServerHarness.js';

const server = startMockServer();
const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
};
const FILE_SEARCH = { type: 'file_search' };
const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

server.onMessage(
  'Hello',
  {
    content: 'Hi there, friend of tea!',
    usage: { prompt_tokens: 7, completion_tokens: 5, input_tokens: 7, output_tokens: 5 },
  },
  { chunkSize: 5 },
);
server.on({ userMessage: 'weather', hasToolResult: true }, { content: 'It rains in both.' });
server.on(
  { userMessage: 'weather' },
  {
    content: 'Let me look.',
    toolCalls: [
      { name: 'get_weather', arguments: '{"city":"Paris"}' },
      { name: 'get_weather', arguments: '{"city":"Tokyo"}' },
    ],
  },
);
server.on({ userMessage: 'short' }, { content: 'Once upon a', finishReason: 'length' });
server.on(
  { userMessage: 'limited' },
  {
    error: { message: `Slow down, ${API_KEY}`, type: 'rate_limit_error' },
    status: 429,
    retryAfter: 0,
  },
);
server.on(
  { userMessage: 'long delay' },
  { error: { message: 'Slow down', type: 'rate_limit_error' }, status: 429, retryAfter: 3600 },
);
server.on(
  { userMessage: 'fails once', sequenceIndex: 0 },
  { error: { message: 'Boom', type: 'server_error' }, status: 500 },
);
server.on({ userMessage: 'fails once' }, { content: 'This is the second attempt.' });
server.on(
  { userMessage: 'rejected' },
  {
    error: {
      message: 'Your prompt is too long.',
      type: 'invalid_request_error',
      code: 'context_length_exceeded',
    },
    status: 400,
  },
);
server.on(
  { userMessage: 'wrong key' },
  {
    error: { message: `Incorrect API key provided: ${API_KEY}`, code: 'invalid_api_key' },
    status: 401,
  },
);
server.on({ userMessage: 'malformed' }, { content: 'never' }, { chaos: { malformedRate: 1 } });
server.on({ userMessage: 'disconnect' }, { content: 'never' }, { chaos: { disconnectRate: 1 } });
server.on(
  { userMessage: 'interrupted' },
  { content: 'Once upon a time there was a pot, and it was full of tea.' },
  { chunkSize: 4, truncateAfterChunks: 10, latency: 10 },
);

afterEach(() => {
  vi.useRealTimers();
});

describe.each(MODELS)('a model behind %s', (path, createModel) => {
  const options = (): ModelServerOptions => ({
    baseUrl: `${server.url}/v1`,
    apiKey: API_KEY,
    retry: { minDelayMs: 1 },
  });
  const model = (more: Partial<ModelServerOptions> = {}) => createModel({ ...options(), ...more });

  test('streams text and reports usage', async () => {
    const api = await createRunHarness({ model: model() });
    const thread = await api.createThread('Hello');
    const frames = await collect(api.streamRun(thread.id));
    expect(frames.filter(({ event }) => event === 'thread.message.delta').length).toBeGreaterThan(
      3,
    );
    expect(getText((await api.messages(thread.id)).at(-1))).toBe('Hi there, friend of tea!');
    const run = getRunOfEvent(frames.at(-2));
    expect(run).toMatchObject({
      status: 'completed',
      usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
    });
  });

  test('sends the model of the options or else of the run, the API key and custom headers', async () => {
    const { sent, fetch } = createRecordingFetch();
    await runModel(model({ fetch, headers: { 'x-team': 'tea' } }), {
      assistant: { model: 'run-model' },
    });
    await runModel(model({ fetch, model: 'option-model' }));
    expect(sent.map(({ body }) => body['model'])).toEqual(['run-model', 'option-model']);
    expect(sent[0]?.url).toBe(`${server.url}/v1${path}`);
    expect([sent[0]?.headers.get('authorization'), sent[0]?.headers.get('x-team')]).toEqual([
      `Bearer ${API_KEY}`,
      'tea',
    ]);
  });

  test('calls functions in parallel, and continues with their outputs', async () => {
    const { run, answers, submitOutputs } = await runModel(model(), {
      text: 'The weather in Paris and Tokyo?',
      assistant: { tools: [WEATHER] },
    });
    expect(answers.map(getText)).toEqual(['Let me look.']);
    const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    expect(calls.map((call) => call.function)).toEqual([
      { name: 'get_weather', arguments: '{"city":"Paris"}' },
      { name: 'get_weather', arguments: '{"city":"Tokyo"}' },
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    const done = await submitOutputs(() => 'rain');
    expect([done.run.status, done.text]).toEqual(['completed', 'It rains in both.']);
  });

  test('ends incomplete if the server truncates the answer', async () => {
    const { run, answers } = await runModel(model(), { text: 'short' });
    expect(run).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_completion_tokens' },
    });
    expect(answers[0]).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_tokens' },
    });
    expect(getText(answers[0])).toBe('Once upon a');
  });

  test.each([
    ['limited', 'rate_limit_exceeded', 'Slow down, ***', 3],
    ['long delay', 'rate_limit_exceeded', 'Slow down', 1],
    ['rejected', 'invalid_prompt', 'Your prompt is too long.', 1],
    ['wrong key', 'server_error', 'rejected the API key', 1],
    ['malformed', 'server_error', 'malformed JSON', 3],
    ['disconnect', 'server_error', 'connection to the model server failed', 3],
  ])(
    'fails the run with an error that contains no secrets: %s',
    async (text, code, message, attempts) => {
      const { sent, fetch } = createRecordingFetch();
      const { run, api, thread } = await runModel(model({ fetch }), { text });
      expect(run).toMatchObject({
        status: 'failed',
        last_error: { code, message: expect.stringContaining(message) },
      });
      expect(JSON.stringify([run, await api.messages(thread.id)])).not.toMatch(
        /sk-very|0123456789|127\.0\.0\.1/,
      );
      expect(sent).toHaveLength(attempts);
      const response = await api.send('POST', `/threads/${thread.id}/messages`, {
        role: 'user',
        content: 'Again',
      });
      expect(response.status).toBe(200);
    },
  );

  test('retries a request that fails before its first event', async () => {
    server.resetMatchCounts();
    const { run, text } = await runModel(model(), { text: 'fails once' });
    expect([run.status, text]).toEqual(['completed', 'This is the second attempt.']);
  });

  test('retries no more often than configured', async () => {
    const { sent, fetch } = createRecordingFetch();
    await runModel(model({ fetch, retry: { attempts: 0 } }), { text: 'malformed' });
    expect(sent).toHaveLength(1);
  });

  test('does not retry after the first event, and marks the message as incomplete', async () => {
    const { sent, fetch } = createRecordingFetch();
    const { run, answers, steps } = await runModel(model({ fetch }), { text: 'interrupted' });
    expect(run).toMatchObject({ status: 'failed', last_error: { code: 'server_error' } });
    expect(answers[0]).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'run_failed' },
    });
    expect(getText(answers[0])).toMatch(/^Once/);
    expect(steps.map(({ status }) => status)).toEqual(['failed']);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['sends no response', ''],
    ['stops sending data', ': keep-alive\n\n'],
  ])('fails if the server %s', async (_, data) => {
    vi.useFakeTimers();
    const { fetch, requested } = createSilentFetch(data);
    const failure = collect(
      model({ fetch, timeoutMs: 1000, retry: { attempts: 0 } }).respond(
        createModelRequest('Hello'),
      ),
    ).catch((error: unknown) => error);
    await requested;
    await vi.advanceTimersByTimeAsync(1000);
    expect(await failure).toMatchObject({
      name: 'ModelError',
      code: 'server_error',
      message: 'The model server sent no data for 1 s.',
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits for a server that sends keep-alive comments', async () => {
    vi.useFakeTimers();
    const stream = createStream();
    const { fetch } = createRecordingFetch(async () => stream.response);
    const failure = collect(
      model({ fetch, timeoutMs: 1000, retry: { attempts: 0 } }).respond(
        createModelRequest('Hello'),
      ),
    ).catch((error: unknown) => error);
    for (let count = 0; count < 5; count++) {
      await vi.advanceTimersByTimeAsync(900);
      stream.write(': keep-alive\n\n');
      await vi.advanceTimersByTimeAsync(0);
    }
    stream.close();
    expect(await failure).toMatchObject({
      message: 'The model server closed the stream before the end of its answer.',
    });
  });

  test('closes the connection when the run is cancelled', async () => {
    const requested = createDeferred();
    const closed = createDeferred();
    const api = await createRunHarness({
      model: model({
        fetch: (_, init) => {
          init.signal?.addEventListener('abort', () => closed.resolve());
          requested.resolve();
          const stream = new ReadableStream<Uint8Array>({
            start: (controller) => controller.enqueue(new TextEncoder().encode(': keep-alive\n\n')),
          });
          return Promise.resolve(
            new Response(stream, { headers: { 'content-type': 'text/event-stream' } }),
          );
        },
      }),
    });
    const frames = api.streamRun((await api.createThread('Hello')).id);
    const seen = await readUntil(frames, 'thread.run.in_progress');
    const run = getRunOfEvent(seen.at(-1));
    await requested.promise;
    await api.cancelRun(run);
    await closed.promise;
    expect(getEventNames(await collect(frames)).slice(-2)).toEqual([
      'thread.run.cancelled',
      'done',
    ]);
    await api.backend.idle();
  });

  test.each([
    [
      'an HTML page',
      () => new Response('<html>Welcome</html>', { headers: { 'content-type': 'text/html' } }),
      'text/html',
    ],
    [
      'an HTML error page',
      () => new Response('<html>Bad gateway</html>', { status: 502 }),
      'failed (502).',
    ],
    [
      'an empty stream',
      () => new Response('', { headers: { 'content-type': 'text/event-stream' } }),
      'before the end',
    ],
  ])('fails the run if the server returns %s', async (_, respond, message) => {
    const { fetch } = createMockFetch(respond);
    const { run } = await runModel(model({ fetch }));
    expect(run).toMatchObject({
      status: 'failed',
      last_error: { code: 'server_error', message: expect.stringContaining(message) },
    });
  });

  test('searches files automatically and cites the passages that the model marks', async () => {
    server.prependFixture({
      match: { userMessage: 'green tea', hasToolResult: true },
      response: { content: 'It wants 75 degrees【1:0†tea.pdf】, so they say【7:7】.' },
      chunkSize: 3,
    });
    server.prependFixture({
      match: { userMessage: 'green tea', hasToolResult: false },
      response: {
        toolCalls: [{ name: 'file_search', arguments: '{"query":"green tea degrees"}' }],
      },
    });
    const { sent, fetch } = createRecordingFetch();
    const api = await createRunHarness({ model: model({ fetch }) }, { tools: [FILE_SEARCH] });
    const id = await upload(
      api.backend,
      'tea.pdf',
      createPdf(['Notes.'], ['Green tea wants 75 degrees. Black tea wants more.']),
    );
    const message = {
      role: 'user',
      content: 'How hot for green tea?',
      attachments: [{ file_id: id, tools: [FILE_SEARCH] }],
    };
    const thread = await api.json<{ id: string }>('POST', '/threads', { messages: [message] });
    const run = await api.createRun(thread.id);
    await api.backend.idle();

    const done = await api.getRun(run);
    expect([done.status, done.required_action]).toEqual(['completed', null]);
    expect((await api.listSteps(run)).map(({ type }) => type)).toEqual([
      'tool_calls',
      'message_creation',
    ]);
    const version1 = { headers: { 'openai-beta': 'assistants=v1' } };
    const page = await api.send(
      'GET',
      `/threads/${thread.id}/messages?limit=1`,
      undefined,
      version1,
    );
    const [part] = ((await page.json()) as { data: Message[] }).data[0]?.content ?? [];
    if (part?.type !== 'text') throw new Error('The answer has no text.');
    expect(part.text.value).toBe('It wants 75 degrees【1:0†tea.pdf】, so they say【7:7】.');
    expect(part.text.annotations).toEqual([
      {
        type: 'file_citation',
        text: '【1:0†tea.pdf】',
        start_index: 19,
        end_index: 32,
        file_citation: { file_id: id, quote: 'Green tea wants 75 degrees.' },
      },
    ]);
    expect(JSON.stringify(sent[0]?.body)).toContain('tea.pdf');
    expect(JSON.stringify(sent[1]?.body)).toContain('【1:0†tea.pdf】\\nNotes.');
  });

  test('sends the text of message files if the run cannot search them', async () => {
    const { sent, fetch } = createRecordingFetch();
    const api = await createRunHarness({ model: model({ fetch }) });
    const id = await upload(
      api.backend,
      'tea.csv',
      new TextEncoder().encode('tea,minutes\ngreen,2\n'),
    );
    const picture = await upload(api.backend, 'tea.png', PICTURE);
    const attachments = [id, picture].map((file_id) => ({ file_id, tools: [FILE_SEARCH] }));
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content: 'Hello', attachments }],
    });
    await api.createRun(thread.id);
    await api.backend.idle();
    const body = JSON.stringify(sent[0]?.body);
    expect(body).toContain('[File: tea.csv]\\n\\ntea: green; minutes: 2');
    expect(body).toContain('[File: tea.png, which cannot be read]');
  });

  test('sends images by URL, and stored images as data URLs', async () => {
    const { sent, fetch } = createRecordingFetch();
    const api = await createRunHarness({ model: model({ fetch }) });
    const id = await upload(api.backend, 'picture', PICTURE);
    const content = [
      { type: 'text', text: 'Hello' },
      { type: 'image_url', image_url: { url: 'https://example.com/tea.png', detail: 'low' } },
      { type: 'image_file', image_file: { file_id: id } },
    ];
    const thread = await api.json<{ id: string }>('POST', '/threads', {
      messages: [{ role: 'user', content }],
    });
    await api.createRun(thread.id);
    await api.backend.idle();
    const body = JSON.stringify(sent[0]?.body);
    expect(body).toContain('https://example.com/tea.png');
    expect(body).toContain('data:image/png;base64,iVBORw0KGgo=');
  });

  test('omits the oldest messages over the prompt limit, and ends the run if the newest does not fit', async () => {
    const { sent, fetch } = createRecordingFetch();
    const api = await createRunHarness({ model: model({ fetch }) });
    const thread = await api.createThread(
      `first ${'tea '.repeat(400)}`,
      `second ${'tea '.repeat(200)}`,
      'Hello',
    );
    const run = await api.createRun(thread.id, { max_prompt_tokens: 256 });
    await api.backend.idle();
    expect((await api.getRun(run)).status).toBe('completed');
    expect(JSON.stringify(sent[0]?.body)).toMatch(/^(?!.*first)(?=.*second)(?=.*Hello)/);
    const long = await api.createRun((await api.createThread('tea '.repeat(400))).id, {
      max_prompt_tokens: 256,
    });
    await api.backend.idle();
    expect(await api.getRun(long)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_prompt_tokens' },
    });
    expect(sent).toHaveLength(1);
  });

  test('sends only the last messages if the run asks for it', async () => {
    const { sent, fetch } = createRecordingFetch();
    const api = await createRunHarness({ model: model({ fetch }) });
    const thread = await api.createThread('first', 'second', 'Hello');
    await api.createRun(thread.id, {
      truncation_strategy: { type: 'last_messages', last_messages: 1 },
    });
    await api.backend.idle();
    expect(JSON.stringify(sent[0]?.body)).toMatch(/^(?!.*first)(?!.*second)(?=.*Hello)/);
  });
});

async function upload(
  backend: { fetch: (request: Request) => Promise<Response> },
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const form = new FormData();
  form.set('purpose', 'assistants');
  form.set('file', new File([bytes], name));
  const response = await backend.fetch(
    new Request('http://localhost/v1/files', { method: 'POST', body: form }),
  );
  return ((await response.json()) as FileObject).id;
}

/** Creates an event stream that a test writes to. */
function createStream() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(streamController) {
      controller = streamController;
    },
  });
  return {
    response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    write: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    close: () => controller?.close(),
    fail: (error: unknown) => controller?.error(error),
  };
}

/** Creates a fetch that sends this data and then nothing, or no response if the data is empty. Rejects when aborted. */
function createSilentFetch(data: string) {
  const requested = createDeferred();
  const fetch = async (_url: string, { signal }: RequestInit): Promise<Response> => {
    const stream = createStream();
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
    requested.resolve();
    if (data === '') return aborted;
    stream.write(data);
    // The stream of a real response fails when its request is aborted.
    aborted.catch(stream.fail);
    return stream.response;
  };
  return { fetch, requested: requested.promise };
}
