import { afterEach, describe, expect, test, vi } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import { createRunHarness } from '../createRunHarness.js';
import { chunk, DONE, type FakeAnswer } from './fakeModelServer.js';
import { createEventStream, createMockFetch, MODELS } from './modelServerHarness.js';
import { completed, delta, END, event, type Frames, runOn } from './runOnServer.js';

const GONE = 'The model is gone';
const json = (body: unknown, status = 200): FakeAnswer => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  status,
  type: 'application/json',
});

describe('an answer is read inside of what a gateway adds', () => {
  const chat = { choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }] };
  const response = {
    object: 'response',
    status: 'completed',
    output: [{ type: 'message', content: 'Hi' }],
  };
  const WRAPPERS = ['data', 'response', 'result', 'body', 'payload'];

  test.each<[string, FakeAnswer | Frames]>([
    ...WRAPPERS.map((name): [string, FakeAnswer] => [
      name,
      json({ code: 0, message: 'ok', [name]: chat }),
    ]),
    ...WRAPPERS.map((name): [string, Frames] => [
      `${name} of each event`,
      [{ [name]: chunk({ content: 'Hi' }) }, { [name]: chunk({}, 'stop') }, DONE],
    ]),
    ['two of them', json({ result: { response: chat } })],
    ['a list', json({ data: [chat] })],
    ['JSON text', json({ statusCode: 200, body: JSON.stringify(chat) })],
    [
      'a second field name',
      [`data: data: ${JSON.stringify(chunk({ content: 'Hi' }))}\n\n`, ...END],
    ],
    [
      'events with one line break',
      [chunk({ content: 'H' }), chunk({ content: 'i' }), chunk({}, 'stop')].map(
        (one) => `data: ${JSON.stringify(one)}\n`,
      ),
    ],
  ])('%s', async (_, answer) => {
    const { run, text } = await runOn(chatCompletionsModel, answer);
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });

  test.each<[string, FakeAnswer | Frames]>([
    ...WRAPPERS.map((name): [string, FakeAnswer] => [
      name,
      json({ success: true, [name]: response }),
    ]),
    ['events', [{ data: delta('Hi') }, { data: completed() }]],
    [
      'events with a name beside',
      [
        { event: 'response.output_text.delta', data: { output_index: 0, delta: 'Hi' } },
        { event: 'response.completed', data: { response } },
      ],
    ],
    ['an object with indexes', json({ ...response, output: { 0: response.output[0] } })],
    ['one item', json({ ...response, output: response.output[0] })],
  ])('of a response: %s', async (_, answer) => {
    const { run, text } = await runOn(responsesModel, answer);
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });
});

const SHAPES: [string, object][] = Object.entries({
  'error as text': { error: GONE },
  'error as object': { error: { message: GONE } },
  'error in an error': { error: { error: { message: GONE } } },
  'error as list': { error: [{ message: GONE }] },
  'error with a cause': { error: { message: '', cause: { message: GONE } } },
  'error in capitals': { Error: { Code: 'X', Message: GONE } },
  errors: { errors: [{ message: GONE }] },
  'errors as texts': { errors: [GONE] },
  'errors by field': { errors: { model: [GONE] } },
  detail: { detail: GONE },
  'detail as list': { detail: [{ loc: ['body', 'model'], msg: GONE }] },
  message: { message: GONE },
  'message as list': { message: [GONE] },
  'code and msg': { code: 1234, msg: GONE },
  error_msg: { error_code: 17, error_msg: GONE },
  'a problem': { type: 'about:blank', title: 'Bad', detail: GONE },
  'a type': { __type: 'ThrottlingException', message: GONE },
  'an error in data': { data: { error: GONE } },
  'an error in result': { result: { error: { message: GONE } }, success: false },
  'an error in response': { response: { error: { message: GONE } } },
  'an error in body': { statusCode: 500, body: JSON.stringify({ message: GONE }) },
  'a status': { status: { code: 13, message: GONE } },
  info: { info: GONE },
  'a class before the message': { statusCode: 400, error: 'Bad Request', message: GONE },
  'a class beside a list': { error: 'Bad Request', message: [GONE], statusCode: 400 },
  'a status before the message': { status: 500, error: 'Internal Server Error', exception: GONE },
  'a class with violations': { error: 'Bad Request', validation: [{ message: GONE }] },
  issues: { success: false, error: { name: 'ZodError', issues: [{ path: [], message: GONE }] } },
  'errors of a form': { error: { formErrors: [GONE], fieldErrors: {} } },
  'errors of a field': { error: { _errors: [], model: { _errors: [GONE] } } },
  'violations of fields': {
    error: { code: 400, details: [{ fieldViolations: [{ field: 'model', description: GONE }] }] },
  },
  'text in an error': { error: { text: GONE } },
  errmsg: { errcode: 40_001, errmsg: GONE },
  retmsg: { ret: -1, retmsg: GONE },
});

describe.each(SHAPES)('%s', (_, body) => {
  const half = (path: string) =>
    path === '/responses' ? delta('Half') : chunk({ content: 'Half' });
  test.each(MODELS)('is read: %s', async (path, createModel) => {
    for (const answer of [json(body, 400), json(body), [body, DONE], [half(path), body, DONE]]) {
      const { run } = await runOn(createModel, answer);
      expect(run.status).toBe('failed');
      expect(run.last_error?.message).toContain(GONE);
    }
  });
});

test.each<[string, FakeAnswer]>([
  ['a list', json([{ error: { message: GONE } }])],
  ['a list of texts', json([GONE])],
  ['JSON in JSON', json(JSON.stringify(JSON.stringify({ error: GONE })), 500)],
  ['violations', json({ type: 'about:blank', 'invalid-params': [{ reason: GONE }] }, 400)],
  [
    'an event over several lines',
    json(`: x\n\nevent: error\ndata: {\ndata: "message": "${GONE}"\ndata: }\n\n`, 400),
  ],
  ['a page with a plain title', json(`<title>Error</title><body><pre>${GONE}</pre>`, 404)],
  ['a paragraph', json(`<!doctype html><body><p>${GONE}</p>`, 500)],
  ['SOAP', json(`<s:Envelope><s:Fault><faultstring>${GONE}</faultstring></s:Fault>`, 500)],
  ['a heading', json(`<html><body><h1>${GONE}</h1></body></html>`, 502)],
  [
    'XML',
    json(`<?xml version="1.0"?><Error><Code>X</Code><Message>${GONE}</Message></Error>`, 503),
  ],
])('%s is read', async (_, answer) => {
  for (const [, createModel] of MODELS) {
    const { run } = await runOn(createModel, answer);
    expect(run.status).toBe('failed');
    expect(run.last_error?.message).toContain(GONE);
  }
});

describe('an answer without content is never completed', () => {
  const REASONS = [
    'length',
    'content_filter',
    null,
    'null',
    '',
    'stop',
    'tool_calls',
    'OTHER',
    'cancelled',
    0,
    {},
  ];
  test.each(REASONS)('with the reason %j', async (reason) => {
    const message = { role: 'assistant', content: null };
    const expected = reason === 'length' || reason === 'content_filter' ? 'incomplete' : 'failed';
    for (const answer of [
      [
        chunk({ role: 'assistant' }),
        { choices: [{ index: 0, delta: {}, finish_reason: reason }] },
        DONE,
      ],
      json({ choices: [{ index: 0, message, finish_reason: reason }] }),
    ]) {
      const { run } = await runOn(chatCompletionsModel, answer);
      expect(run.status).toBe(expected);
    }
  });

  test.each([
    ['max_output_tokens', 'incomplete'],
    ['content_filter', 'incomplete'],
    [null, 'incomplete'],
    ['weird', 'failed'],
  ])('in a response that is incomplete: %s', async (reason, status) => {
    const response = { status: 'incomplete', incomplete_details: { reason }, output: [] };
    const { run } = await runOn(responsesModel, [event('incomplete', { response })]);
    expect(run.status).toBe(status);
  });

  test.each([null, [], [{ type: 'message', content: [{ type: 'output_text', text: null }] }]])(
    'in a response with the output %j',
    async (output) => {
      expect((await runOn(responsesModel, [completed({ output })])).run.status).toBe('failed');
    },
  );
});

describe('an answer that was cut off is not completed', () => {
  const choice = (fields: object) => ({ choices: [{ index: 0, delta: {}, ...fields }] });
  test.each<[string, unknown]>([
    ['a text', 'length'],
    ['an object', { reason: 'length' }],
    ['a list', ['length']],
    ['a full context', 'context_window_exceeded'],
  ])('with the reason as %s', async (_, reason) => {
    const end = { choices: [{ index: 0, delta: {}, finish_reason: reason }] };
    const { run } = await runOn(chatCompletionsModel, [chunk({ content: 'Half' }), end, DONE]);
    expect(run.status).toBe('incomplete');
  });

  test.each<[string, unknown]>([
    ['a number without a meaning', { choices: [{ index: 0, delta: {}, finish_reason: 2 }] }],
    ['something else at its end', { ret: -1 }],
    ['something else in lists', [[{ state: { code: 7 } }]]],
  ])('has not ended well with %s', async (_, end) => {
    const frames = [chunk({ content: 'Half' }), `data: ${JSON.stringify(end)}\n\n`, DONE];
    const { run } = await runOn(chatCompletionsModel, frames);
    expect(run.status).toBe('failed');
  });

  test.each<[string, Frames]>([
    ['before another end', [chunk({}, 'length'), chunk({}, 'stop')]],
    ['after another end', [chunk({}, 'stop'), chunk({}, 'length')]],
    ['in another notation', [choice({ finishReason: 'MAX_TOKENS' })]],
    ['in the delta', [choice({ delta: { finish_reason: 'length' } })]],
    ['beside the choices', [{ ...choice({}), finish_reason: 'length' }]],
    [
      'with the reason of the model beside',
      [choice({ finish_reason: 'stop', native_finish_reason: 'SAFETY' })],
    ],
  ])('%s', async (_, end) => {
    const { run } = await runOn(chatCompletionsModel, [chunk({ content: 'Half' }), ...end, DONE]);
    expect(run.status).toBe('incomplete');
  });

  test('in a response whose message is incomplete', async () => {
    const output = [{ type: 'message', status: 'incomplete', content: 'Half' }];
    expect((await runOn(responsesModel, [completed({ output })])).run.status).toBe('incomplete');
  });

  test('in a response that was cancelled', async () => {
    const { run } = await runOn(
      responsesModel,
      json({ object: 'response', status: 'cancelled', output: [] }),
    );
    expect(run.last_error?.message).toContain('has cancelled its answer');
  });
});

describe('the delay that a server asks for', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const START = Date.UTC(2026, 0, 1);
  const error = (message: string) => ({ error: { message, type: 'rate_limit' } });

  test.each<[string, unknown, Record<string, string>, number]>([
    ['words', error('Please try again in 20s.'), {}, 20_000],
    [
      'words with minutes',
      error('Limit reached. Please try again in 0m7.66s. Visit us'),
      {},
      7_660,
    ],
    ['words with milliseconds', error('Please try again in 650ms.'), {}, 650],
    ['words in full', error('Please retry after 24 seconds.'), {}, 24_000],
    [
      'words about a wait',
      error('Request was throttled. Expected available in 7 seconds.'),
      {},
      7_000,
    ],
    [
      'a detail',
      [
        {
          error: {
            code: 429,
            details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '30s' }],
          },
        },
      ],
      {},
      30_000,
    ],
    ['a detail in JSON text', error(JSON.stringify({ retryDelay: '3.5s' })), {}, 3_500],
    ['a field with seconds', { error: 'Slow', retry_after: 5 }, {}, 5_000],
    ['a field with milliseconds', { error: 'Slow', retry_after_ms: 900 }, {}, 900],
    ['retry-after-ms', error('Slow'), { 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    ['a date', error('Slow'), { 'retry-after': new Date(START + 10_000).toUTCString() }, 10_000],
    [
      'the reset of what is exhausted',
      error('Slow'),
      {
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-remaining-requests': '9',
        'x-ratelimit-reset-tokens': '12.5s',
        'x-ratelimit-remaining-tokens': '0',
      },
      12_500,
    ],
    [
      'the first reset',
      error('Slow'),
      { 'x-ratelimit-reset-requests': '2s', 'x-ratelimit-reset-tokens': '6m0s' },
      2_000,
    ],
    ['a reset in seconds', error('Slow'), { 'ratelimit-reset': '12' }, 12_000],
    ['the time of a reset', error('Slow'), { 'x-ratelimit-reset': String(START + 15_000) }, 15_000],
    ['the date of a reset', error('Slow'), { 'x-ratelimit-reset': '2026-01-01T00:00:09Z' }, 9_000],
  ])('is kept: %s', async (_, body, headers, delayMs) => {
    vi.useFakeTimers({ now: START });
    const { sent, fetch } = createMockFetch(
      () => Response.json(body, { status: 429, headers }),
      () => createEventStream([chunk({ content: 'Hi' }, 'stop')]),
    );
    const model = chatCompletionsModel({ baseUrl: 'http://m.test', fetch, log: () => undefined });
    const api = await createRunHarness({ model });
    const run = await api.createRun((await api.createThread('Hello')).id);
    await vi.advanceTimersByTimeAsync(delayMs - 1);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await vi.waitFor(async () => expect((await api.getRun(run)).status).toBe('completed'));
    expect(sent).toHaveLength(2);
  });

  test.each([
    'Please try again in 6m0s.',
    'Your quota will reset after 3h2m.',
    'Try again in 2 days',
  ])('fails the run at once if it is too long: %s', async (message) => {
    const { run, requestCount } = await runOn(chatCompletionsModel, json(error(message), 429));
    expect([run.last_error?.code, requestCount]).toEqual(['rate_limit_exceeded', 1]);
    expect(run.last_error?.message).toContain(message);
  });
});
