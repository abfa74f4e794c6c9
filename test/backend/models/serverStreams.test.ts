import { describe, expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import {
  calls,
  chatText,
  chunk,
  DONE,
  type FakeAnswer,
  responsesText,
  startFakeServer,
  toStream,
  WEATHER,
} from './fakeModelServer.js';
import { runModel } from './modelServerHarness.js';

const HALF = chunk({ content: 'Half a ' });
const END = [chunk({}, 'stop'), DONE];

/** Runs the assistant against a server that always gives the same answer. */
async function runChat(answer: FakeAnswer | string, options: Parameters<typeof runModel>[1] = {}) {
  return runOn(chatCompletionsModel, answer, options);
}

async function runOn(
  createModel: typeof chatCompletionsModel,
  answer: FakeAnswer | string,
  options: Parameters<typeof runModel>[1] = {},
) {
  const server = await startFakeServer(() =>
    typeof answer === 'string' ? { body: answer } : answer,
  );
  const model = createModel({
    baseUrl: server.url,
    retry: { minDelayMs: 1 },
    log: () => undefined,
  });
  return { ...(await runModel(model, options)), requests: server.requests };
}

/** Returns the pending calls as `name(arguments)`. Their ids must be different and safe in paths. */
async function readCalls(...events: (object | string)[]) {
  const { run } = await runChat(toStream(...events, chunk({}, 'tool_calls'), DONE), {
    assistant: { tools: [WEATHER, { type: 'function', function: { name: 'get_time' } }] },
  });
  const pending = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  expect(new Set(pending.map(({ id }) => id)).size).toBe(pending.length);
  for (const { id } of pending) expect(id).toMatch(/^call_[A-Za-z0-9]+$/);
  return pending.map((one) => `${one.function.name}(${one.function.arguments})`);
}

describe('an error inside a stream', () => {
  test.each<[string, (object | string)[], string, string, number]>([
    [
      'in a choice',
      [
        HALF,
        { choices: [{ index: 0, delta: {}, error: { code: 502, message: 'Provider down' } }] },
      ],
      'server_error',
      'Provider down',
      1,
    ],
    ['as a finish reason', [HALF, chunk({}, 'error'), DONE], 'server_error', 'failed', 1],
    [
      'as a named event',
      [HALF, 'event: error\ndata: {"message":"Out of memory"}\n\n', DONE],
      'server_error',
      'Out of memory',
      1,
    ],
    [
      'as a named event with text',
      [HALF, 'event: error\ndata: Worker died\n\n', DONE],
      'server_error',
      'Worker died',
      1,
    ],
    [
      'as a line',
      [HALF, 'error: {"code":500,"message":"Slot is gone"}\n\n', ...END],
      'server_error',
      'Slot is gone',
      1,
    ],
    [
      'with code 429',
      [{ error: { code: 429, message: 'Slow' } }],
      'rate_limit_exceeded',
      'Slow',
      3,
    ],
    ['with code "429"', [{ error: { code: '429', message: 'S' } }], 'rate_limit_exceeded', 'S', 3],
    ['with code 400', [{ error: { code: 400, message: 'Bad' } }], 'invalid_prompt', 'Bad', 1],
    ['with code 402', [{ error: { code: 402, message: 'No money' } }], 'server_error', 'money', 1],
    ['with code 403', [{ error: { code: 403, message: 'Not you' } }], 'server_error', 'Not you', 1],
    ['with code 500', [{ error: { code: 500, message: 'Boom' } }], 'server_error', 'Boom', 3],
    ['as text', [{ error: 'model crashed' }], 'server_error', 'model crashed', 3],
    ['as a list', ['[{"error":{"code":503,"message":"Busy"}}]'], 'server_error', 'Busy', 3],
    [
      'that is not wrapped, after some text',
      [HALF, { object: 'error', message: 'Engine died', code: 50_001 }, DONE],
      'server_error',
      'Engine died',
      1,
    ],
    [
      'that is only a detail, after some text',
      [HALF, { detail: 'Worker is gone' }, DONE],
      'server_error',
      'Worker is gone',
      1,
    ],
    ['instead of a chunk', [{ detail: 'Not allowed here' }], 'server_error', 'Not allowed here', 3],
    [
      'with the words of a provider',
      [
        {
          error: {
            message: 'Provider returned error',
            code: 400,
            metadata: { raw: '{"error":{"message":"Too many images"}}' },
          },
        },
      ],
      'invalid_prompt',
      'Too many images',
      1,
    ],
  ])('fails the run: %s', async (_, events, code, message, count) => {
    const { run, answers, requests, api, thread } = await runChat(toStream(...events));
    expect(run).toMatchObject({
      status: 'failed',
      last_error: { code, message: expect.stringContaining(message) },
    });
    for (const answer of answers) expect(answer.status).toBe('incomplete');
    expect(requests).toHaveLength(count);
    const next = { role: 'user', content: 'Again' };
    expect((await api.send('POST', `/threads/${thread.id}/messages`, next)).status).toBe(200);
  });
});

describe('an answer without content', () => {
  test.each([
    ['no delta', toStream(...END)],
    ['an empty text', toStream(chunk({ content: '' }), ...END)],
    ['white space', toStream(chunk({ content: ' \n' }), ...END)],
    ['spaces without a width', toStream(chunk({ content: '\u200b\u2060' }), ...END)],
    ['marks that are not shown', toStream(chunk({ content: '\ufeff\u200e\u00ad\u0000' }), ...END)],
    ['only reasoning', toStream(chunk({ reasoning_content: 'Hm' }), ...END)],
    ['only reasoning in tags', toStream(chunk({ content: '<think>Hm</think>\n' }), ...END)],
    ['only the end', DONE],
    ['an empty whole answer', JSON.stringify({ choices: [{ message: { content: '' } }] })],
    ['no choices', JSON.stringify({ id: 'x', object: 'chat.completion', choices: [] })],
  ])('is not a completed run: %s', async (_, body) => {
    const { run, answers } = await runChat(body);
    expect(run.status).toBe('failed');
    expect(run.last_error?.message).not.toBe('');
    expect(answers.filter(({ status }) => status === 'completed')).toEqual([]);
  });

  test.each([
    ['another object', JSON.stringify({ hello: 'world' })],
    ['events of another API', toStream({ type: 'content_block_delta', delta: { text: 'Hi' } })],
    ['lines of another API', '{"model":"x","done":false}\n{"done":true}\n'],
  ])('names the base URL after an answer of another API: %s', async (_, body) => {
    for (const createModel of [chatCompletionsModel, responsesModel]) {
      const { run } = await runOn(createModel, body);
      expect(run.status).toBe('failed');
      expect(run.last_error?.message).toContain(
        'not part of the requested API. Check its base URL',
      );
    }
  });

  test('is not a completed run: a response', async () => {
    const completed = { type: 'response.completed', response: { status: 'completed', output: [] } };
    const { run } = await runOn(responsesModel, toStream(completed));
    expect(run.status).toBe('failed');
  });
});

describe('frames without an event', () => {
  test.each([
    ['an empty event', 'data:\n\n'],
    ['a word', 'data: ping\n\n'],
    ['a named event', 'event: ping\ndata: {"type":"ping"}\n\n'],
    ['a comment', ': keep-alive\n\n'],
    ['null', 'data: null\n\n'],
    ['a word in brackets', 'data: [PING]\n\n'],
    ['an object without an error', 'data: {"type":"heartbeat","error":""}\n\n'],
    ['a heartbeat with words', 'data: {"type":"ping","message":"Still working"}\n\n'],
    ['a place in a queue', 'data: {"status":"queued","message":"2 before you","position":2}\n\n'],
    ['an event with words', 'event: keep-alive\ndata: {"message":"Still working"}\n\n'],
    ['an error without values', 'data: {"error":{"code":0,"message":"","type":null}}\n\n'],
  ])('are passed over: %s', async (_, frame) => {
    const { run, text } = await runChat(
      toStream(frame, chunk({ content: 'Hi' }), frame, chunk({}, 'stop'), 'data:  [DONE] \n\n'),
    );
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });

  test('may lack the empty line at the end', async () => {
    const { run, text } = await runChat(
      toStream(chunk({ content: 'Hi' }), `data: ${JSON.stringify(chunk({}, 'stop'))}`),
    );
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });
});

describe('the content type', () => {
  const whole = JSON.stringify({
    choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
  });
  test.each([
    ['JSON as an event stream', whole, 'text/event-stream'],
    ['JSON after white space', `\n  ${whole}`, 'text/event-stream'],
    ['JSON without a type', whole, null],
    ['JSON as text', whole, 'text/plain; charset=utf-8'],
    ['a stream as JSON', chatText('Hi'), 'application/json'],
    ['a stream without a type', chatText('Hi'), null],
    ['a stream as HTML', chatText('Hi'), 'text/html'],
    ['a stream after a word in brackets', `[PING]\n\n${chatText('Hi')}`, null],
    ['a stream after a line of JSON', `{"status":"processing"}\n\n${chatText('Hi')}`, null],
    ['objects without a separator', `{"status":"processing"}${whole}`, null],
    [
      'lines of JSON',
      `${JSON.stringify(chunk({ content: 'Hi' }))}\n${whole.replace('Hi', '')}`,
      null,
    ],
  ])('does not matter: %s', async (_, body, type) => {
    const { run, text, requests } = await runChat({ body, type });
    expect([run.status, text, requests.length]).toEqual(['completed', 'Hi', 1]);
  });

  test('is named if the body is a page', async () => {
    const { run } = await runChat({ body: '<!doctype html><p>Hello', type: 'application/json' });
    expect(run.last_error?.message).toContain('Check its base URL');
  });
});

describe('a finish reason', () => {
  test.each([
    ...['length', 'max_tokens', 'MAX_TOKENS', 'model_length', 'max_new_tokens', 'max-length'].map(
      (reason) => [reason, 'incomplete', { reason: 'max_completion_tokens' }] as const,
    ),
    ...['content_filter', 'SAFETY', 'RECITATION', 'sensitive', 'policy_violation', 'BLOCKED'].map(
      (reason) => [reason, 'incomplete', {}] as const,
    ),
    ...['stop', 'STOP', 'end_turn', 'eos', 'done'].map(
      (reason) => [reason, 'completed', null] as const,
    ),
    ...['insufficient_system_resource', 'network_error', 'MALFORMED_FUNCTION_CALL', 'weird'].map(
      (reason) => [reason, 'failed', null] as const,
    ),
  ])('%s makes the run %s', async (reason, status, details) => {
    const { run } = await runChat(toStream(chunk({ content: 'Well' }), chunk({}, reason), DONE));
    expect([run.status, run.incomplete_details]).toEqual([status, details]);
    expect(run.last_error?.message ?? reason).toContain(reason);
  });
});

describe('fragments of calls', () => {
  const call = (name: string, text: string, more: object = {}) => ({
    function: { name, arguments: text },
    ...more,
  });
  const piece = (text: string, more: object = {}) => ({ function: { arguments: text }, ...more });
  const one = 'get_weather({"city":"Paris"})';
  const two = 'get_weather({"city":"Rome"})';

  test.each<[string, (object | string)[], string[]]>([
    ['without ids', [calls(call('get_weather', '{"city":"Paris"}', { index: 0 }))], [one]],
    [
      'with an id that is not safe in a path',
      [calls(call('get_weather', '{"city":"Paris"}', { index: 0, id: 'functions.get_weather:0' }))],
      [one],
    ],
    [
      'with one id for two calls and no index',
      [
        calls(call('get_weather', '{"city":"Paris"}', { id: 'x' })),
        calls(call('get_weather', '{"city":"Rome"}', { id: 'x' })),
      ],
      [one, two],
    ],
    [
      'with one id for two calls in one delta',
      [
        calls(
          call('get_weather', '{"city":"Paris"}', { id: 'x' }),
          call('get_weather', '{"city":"Rome"}', { id: 'x' }),
        ),
      ],
      [one, two],
    ],
    [
      'with one index for two calls',
      [
        calls(call('get_weather', '{"city":"Paris"}', { index: 0 })),
        calls(call('get_weather', '{"city":"Rome"}', { index: 0 })),
      ],
      [one, two],
    ],
    [
      'without a name at first',
      [
        calls({ index: 0, id: 'a', function: { arguments: '' } }),
        calls(call('get_weather', '{"city":', { index: 0 })),
        calls(piece('"Paris"}', { index: 0 })),
      ],
      [one],
    ],
    [
      'with an empty call after it',
      [
        calls(call('get_weather', '{"city":"Paris"}', { index: 0, id: 'a' })),
        calls(call('', '', { index: 1, id: '' })),
      ],
      [one],
    ],
    [
      'as an object instead of a list',
      [chunk({ tool_calls: call('get_weather', '{"city":"Paris"}', { index: 0, id: 'a' }) })],
      [one],
    ],
    [
      'with its name beside its id',
      [calls({ index: 0, id: 'a', name: 'get_weather', arguments: '{"city":"Paris"}' })],
      [one],
    ],
    ['with spaces around its name', [calls(call(' get_weather\n', '{"city":"Paris"}'))], [one]],
    [
      'with a namespace in pieces',
      [
        calls(call('functions', '', { index: 0, id: 'a' })),
        calls(call('.get_weather', '', { index: 0, id: 'a' })),
        calls(piece('{"city":"Paris"}', { index: 0 })),
      ],
      [one],
    ],
    [
      'in a message beside an empty delta',
      [
        {
          choices: [
            {
              index: 0,
              delta: {},
              message: { tool_calls: [call('get_weather', '{"city":"Paris"}')] },
            },
          ],
        },
      ],
      [one],
    ],
    [
      'in a choice whose index is a text',
      [
        {
          choices: [
            { index: '1', delta: { content: 'No' } },
            { index: '0', delta: { tool_calls: [call('get_weather', '{"city":"Paris"}')] } },
          ],
        },
      ],
      [one],
    ],
    [
      'with arguments before the name',
      [
        calls({ index: 0, id: 'a', function: { arguments: '{"city":' } }),
        calls(piece('"Paris"}', { index: 0 })),
        calls({ index: 0, function: { name: 'get_weather' } }),
      ],
      [one],
    ],
    [
      'with the name in pieces',
      [
        calls({ index: 0, id: 'a', function: { name: 'get_' } }),
        calls({ index: 0, function: { name: 'weather' } }),
        calls(piece('{"city":"Paris"}', { index: 0 })),
      ],
      [one],
    ],
    [
      'with the name in pieces, interleaved',
      [
        calls({ index: 0, id: 'a', function: { name: 'get_' } }),
        calls({ index: 1, id: 'b', function: { name: 'get_' } }),
        calls({ index: 0, function: { name: 'weather', arguments: '{"city":"Paris"}' } }),
        calls({ index: 1, function: { name: 'time', arguments: '{}' } }),
      ],
      [one, 'get_time({})'],
    ],
    [
      'with a name that repeats all so far',
      [
        calls({ index: 0, id: 'a', function: { name: 'get_' } }),
        calls({ index: 0, function: { name: 'get_weather' } }),
        calls(call('get_weather', '{"city":"Paris"}', { index: 0 })),
      ],
      [one],
    ],
    [
      'with {} before the arguments',
      [
        calls(call('get_weather', '{}', { index: 0, id: 'a' })),
        calls(piece('{"city":', { index: 0 })),
        calls(piece('"Paris"}', { index: 0 })),
      ],
      [one],
    ],
    [
      'with the arguments twice',
      [
        calls(call('get_weather', '{"city":', { index: 0, id: 'a' })),
        calls(piece('"Paris"}', { index: 0 })),
        calls(call('get_weather', '{"city":"Paris"}', { index: 0, id: 'a' })),
      ],
      [one],
    ],
    [
      'with pieces that repeat all so far',
      ['{', '{"city', '{"city":"Par', '{"city":"Paris"}'].map((text) =>
        calls(call('get_weather', text, { index: 0, id: 'a' })),
      ),
      [one],
    ],
    [
      'with a whole message at the end',
      [
        chunk({ content: 'Let me look.' }),
        calls(call('get_weather', '{"city":"Paris"}', { index: 0, id: 'a' })),
        {
          choices: [
            {
              index: 0,
              message: {
                content: 'Let me look.',
                tool_calls: [call('get_weather', '{"city":"Paris"}', { id: 'a' })],
              },
              finish_reason: 'tool_calls',
            },
          ],
        },
      ],
      [one],
    ],
    [
      'with indexes as texts, interleaved',
      [
        calls(call('get_weather', '{"city":', { index: '0' })),
        calls(call('get_weather', '{"city":', { index: '1' })),
        calls(piece('"Paris"}', { index: '0' })),
        calls(piece('"Rome"}', { index: '1' })),
      ],
      [one, two],
    ],
    ['without arguments', [calls(call('get_time', '', { index: 0 }))], ['get_time({})']],
    ['with empty arguments', [calls(call('get_time', '{}', { index: 0 }))], ['get_time({})']],
  ])('form whole calls: %s', async (_, events, expected) => {
    expect(await readCalls(...events)).toEqual(expected);
  });

  test('fail the run if a call has no name', async () => {
    const { run } = await runChat(
      toStream(calls(piece('{}', { index: 0, id: 'a' })), chunk({}, 'tool_calls')),
      { assistant: { tools: [WEATHER] } },
    );
    expect(run.last_error?.message).toContain('without a name');
  });
});

describe('text', () => {
  test.each([
    [
      'with a whole message at the end',
      [
        chunk({ content: 'Hi' }),
        { choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }] },
      ],
    ],
    [
      'after reasoning in tags',
      ['<thi', 'nk>Let me', ' see</th', 'ink>\n\nHi'].map((content) => chunk({ content })),
    ],
    ['after reasoning in one piece', [chunk({ content: '<think>Hm</think>Hi' })]],
    ['after reasoning in other tags', [chunk({ content: '<seed:think>Hm</seed:think>Hi' })]],
    ['after reasoning without its first tag', [chunk({ content: 'Let me see.\n</think>\n\nHi' })]],
    [
      'beside details of reasoning',
      [
        chunk({ reasoning_details: [{ type: 'reasoning.text', text: 'Hm' }] }),
        chunk({ content: 'Hi' }),
      ],
    ],
    ['in parts that are texts', [chunk({ content: ['H', 'i'] })]],
    ['after empty reasoning', [chunk({ content: '<think>\n\n</think>\n\nHi' })]],
    [
      'beside reasoning',
      [chunk({ reasoning_content: 'Hm', content: null }), chunk({ content: 'Hi' })],
    ],
    [
      'beside reasoning of routers',
      [chunk({ reasoning: 'Hm', content: '' }), chunk({ content: 'Hi' })],
    ],
    [
      'in parts with reasoning',
      [
        chunk({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] },
            { type: 'text', text: 'Hi' },
          ],
        }),
      ],
    ],
    [
      'of the first choice',
      [
        {
          choices: [
            { index: 1, delta: { content: 'No' } },
            { index: 0, delta: { content: 'Hi' } },
          ],
        },
        { choices: [{ index: 1, delta: { content: 'No' }, finish_reason: 'length' }] },
      ],
    ],
  ])('is read once, and without reasoning: %s', async (_, events) => {
    const { run, text, answers } = await runChat(toStream(...events, ...END));
    expect([run.status, text, answers.length]).toEqual(['completed', 'Hi', 1]);
  });

  test.each(['<thin', '<thinker> is a tag', 'a <think>b</think>', 'Close it with </think>.'])(
    'may contain what looks like a tag: %s',
    async (content) => {
      const { text } = await runChat(toStream(chunk({ content }), ...END));
      expect(text).toBe(content);
    },
  );
});

describe('a response', () => {
  const message = (text: string) => ({
    type: 'message',
    id: 'msg_1',
    content: [{ type: 'output_text', text }],
  });
  const completed = (output: object[] = []) => ({
    type: 'response.completed',
    response: { status: 'completed', output },
  });
  const delta = (text: string, more: object = {}) => ({
    type: 'response.output_text.delta',
    output_index: 0,
    content_index: 0,
    delta: text,
    ...more,
  });

  test.each<[string, object[]]>([
    ['only at the end of the response', [completed([message('Hi')])]],
    [
      'only at the end of the text',
      [{ type: 'response.output_text.done', output_index: 0, text: 'Hi' }, completed()],
    ],
    [
      'only at the end of the part',
      [
        {
          type: 'response.content_part.done',
          output_index: 0,
          content_index: 0,
          part: { type: 'output_text', text: 'Hi' },
        },
        completed(),
      ],
    ],
    [
      'only at the end of the item',
      [{ type: 'response.output_item.done', output_index: 0, item: message('Hi') }, completed()],
    ],
    ['in pieces and at the end', [delta('H'), delta('i'), completed([message('Hi')])]],
    ['without an index', [delta('Hi', { output_index: undefined }), completed([message('Hi')])]],
    [
      'by id',
      [delta('Hi', { output_index: undefined, item_id: 'msg_1' }), completed([message('Hi')])],
    ],
    [
      'with another index at the end',
      [delta('Hi', { output_index: 1, item_id: 'msg_1' }), completed([message('Hi')])],
    ],
    ['without the last pieces', [delta('H'), completed([message('Hi')])]],
    [
      'with a repeated event',
      [
        delta('H', { sequence_number: 4 }),
        delta('H', { sequence_number: 4 }),
        delta('i', { sequence_number: 5 }),
        completed([message('Hi')]),
      ],
    ],
    ['after reasoning in tags', [delta('<think>Hm</think>'), delta('Hi'), completed()]],
    [
      'under another end event',
      [delta('Hi'), { type: 'response.done', response: { status: 'completed' } }],
    ],
  ])('is read completely: text %s', async (_, events) => {
    const { run, text, answers } = await runOn(responsesModel, toStream(...events));
    expect([run.status, text, answers.length]).toEqual(['completed', 'Hi', 1]);
  });

  test('is read completely: a call only at the end', async () => {
    const item = {
      type: 'function_call',
      id: 'fc',
      call_id: 'c',
      name: 'get_weather',
      arguments: '{"city":"Paris"}',
    };
    const { run } = await runOn(responsesModel, toStream(completed([item])), {
      assistant: { tools: [WEATHER] },
    });
    expect(run.required_action?.submit_tool_outputs.tool_calls.map((one) => one.function)).toEqual([
      { name: 'get_weather', arguments: '{"city":"Paris"}' },
    ]);
  });

  test.each<[string, object[]]>([
    ['lost a piece', [delta('H'), delta('lo'), completed([message('Hello')])]],
    ['has no end', [delta('Hi')]],
    [
      'ends in progress',
      [delta('Hi'), { type: 'response.completed', response: { status: 'in_progress' } }],
    ],
    [
      'was cancelled',
      [delta('Hi'), { type: 'response.cancelled', response: { status: 'cancelled' } }],
    ],
    [
      'failed',
      [
        delta('Hi'),
        {
          type: 'response.failed',
          response: { error: { code: 'server_error', message: 'Broken' } },
        },
      ],
    ],
  ])('fails the run if it %s', async (_, events) => {
    const { run } = await runOn(responsesModel, toStream(...events));
    expect(run).toMatchObject({ status: 'failed', last_error: { code: 'server_error' } });
  });

  test('is read from a whole answer under any type', async () => {
    const body = JSON.stringify({ status: 'completed', output: [message('Hi')] });
    const { run, text } = await runOn(responsesModel, { body, type: 'text/event-stream' });
    expect([run.status, text]).toEqual(['completed', 'Hi']);
    expect((await runOn(responsesModel, { body: responsesText('Hi'), type: null })).text).toBe(
      'Hi',
    );
  });
});
