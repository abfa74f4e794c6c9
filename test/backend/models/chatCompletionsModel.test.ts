import { expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { createMockFetch, API_KEY, runModel } from './modelServerHarness.js';

const OPTIONS = { baseUrl: 'http://model.test/v1/', apiKey: API_KEY, retry: { minDelayMs: 1 } };
const ASK = {
  type: 'function',
  function: { name: 'ask', description: 'Asks.', parameters: { type: 'object' }, strict: true },
};

/** A chunk of a stream: a delta, and the reason of its end. */
const chunk = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason }],
});
const call = (piece: object) => chunk({ tool_calls: [piece] });
const HI = [chunk({ content: 'Hi' }), chunk({}, 'stop'), '[DONE]'];

/** A run in front of a server that answers like this. */
async function answered(
  frames: Parameters<typeof createMockFetch>[0],
  options: Parameters<typeof runModel>[1] = {},
  ...more: Parameters<typeof createMockFetch>
) {
  const { sent, fetch } = createMockFetch(frames, ...more);
  return { sent, ...(await runModel(chatCompletionsModel({ ...OPTIONS, fetch }), options)) };
}

/** The calls that a run waits for, as they were written. */
async function callsIn(frames: (object | string)[]) {
  const { run } = await answered(frames, { assistant: { tools: [ASK] } });
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  return calls.map((one) => `${one.function.name}(${one.function.arguments})`);
}

test('sends the settings of the run', async () => {
  const response_format = {
    type: 'json_schema',
    json_schema: { name: 'tea', schema: { type: 'object' }, strict: true },
  };
  const { sent } = await answered(HI, {
    assistant: {
      model: 'm',
      instructions: 'Be kind.',
      tools: [ASK],
      temperature: 0.2,
      top_p: 0.5,
      response_format,
    },
    run: {
      max_completion_tokens: 300,
      parallel_tool_calls: false,
      reasoning_effort: 'low',
      tool_choice: { type: 'function', function: { name: 'ask' } },
      additional_instructions: 'Be short.',
    },
  });
  expect(sent[0]?.url).toBe('http://model.test/v1/chat/completions');
  expect(sent[0]?.body).toEqual({
    model: 'm',
    messages: [
      { role: 'system', content: 'Be kind.\n\nBe short.' },
      { role: 'user', content: 'Hello' },
    ],
    stream: true,
    stream_options: { include_usage: true },
    max_completion_tokens: 300,
    temperature: 0.2,
    top_p: 0.5,
    response_format,
    reasoning_effort: 'low',
    tools: [ASK],
    tool_choice: { type: 'function', function: { name: 'ask' } },
    parallel_tool_calls: false,
  });
});

test('fails with a model that searches without end, and does not ask the app for the results', async () => {
  const search = [
    call({
      index: 0,
      id: 'call_1',
      function: { name: 'file_search', arguments: '{"query":"tea"}' },
    }),
    chunk({}, 'tool_calls'),
    '[DONE]',
  ];
  const { run, sent } = await answered(search, { assistant: { tools: [{ type: 'file_search' }] } });
  expect(run.last_error).toEqual({
    code: 'server_error',
    message: 'The model searched 10 times without an answer.',
  });
  expect(sent).toHaveLength(11);
  expect(JSON.stringify(sent[10]?.body['tools'] ?? [])).not.toContain('file_search');
});

test('omits the tools that a server runs automatically', async () => {
  const { sent } = await answered(HI, { assistant: { model: 'm' } });
  expect(sent[0]?.body).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    stream_options: { include_usage: true },
  });
});

test.each([
  ['none', 'none', 'none'],
  ['required', 'required', undefined],
  [
    { type: 'function', function: { name: 'ask' } },
    { type: 'function', function: { name: 'ask' } },
    undefined,
  ],
  ['auto', undefined, undefined],
])('forces the choice %j in the first answer only', async (tool_choice, first, second) => {
  const calls = [
    call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
    chunk({}, 'tool_calls'),
    '[DONE]',
  ];
  const { sent, submit } = await answered(
    calls,
    { assistant: { tools: [ASK] }, run: { tool_choice } },
    HI,
  );
  await submit(() => 'yes');
  expect(sent.map(({ body }) => body['tool_choice'])).toEqual([first, second]);
});

test('forces a search in the first answer only', async () => {
  const search = [
    call({
      index: 0,
      id: 'call_1',
      function: { name: 'file_search', arguments: '{"query":"tea"}' },
    }),
    chunk({}, 'tool_calls'),
  ];
  const { sent, run } = await answered(
    search,
    {
      assistant: { tools: [{ type: 'file_search' }] },
      run: { tool_choice: { type: 'file_search' } },
    },
    HI,
  );
  expect(sent.map(({ body }) => body['tool_choice'])).toEqual([
    { type: 'function', function: { name: 'file_search' } },
    undefined,
  ]);
  expect(run.status).toBe('completed');
});

test('gives the search another name when a function has its', async () => {
  const tools = [{ type: 'file_search' }, { type: 'function', function: { name: 'file_search' } }];
  const { sent, steps } = await answered(
    [
      call({
        index: 0,
        id: 'call_1',
        function: { name: 'file_search_', arguments: '{"query":"tea"}' },
      }),
      chunk({}, 'tool_calls'),
    ],
    { assistant: { tools } },
    HI,
  );
  expect(JSON.stringify(sent[0]?.body['tools'])).toContain('"file_search_"');
  expect(JSON.stringify(sent[1]?.body['messages'])).toContain('Nothing was found');
  expect(steps.map(({ metadata }) => metadata)).toEqual([{ query: 'tea' }, {}]);
});

test('puts what was said before a call, and the call, into one message', async () => {
  const calls = [
    chunk({ content: 'Let me ask.' }),
    call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
    chunk({}, 'tool_calls'),
  ];
  const { sent, submit } = await answered(calls, { assistant: { tools: [ASK] } }, HI);
  await submit(() => 'yes');
  expect(sent[1]?.body['messages']).toEqual([
    { role: 'user', content: 'Hello' },
    {
      role: 'assistant',
      content: 'Let me ask.',
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'ask', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'yes' },
  ]);
});

test('tells calls apart, however the server numbers them', async () => {
  const named = (index: number | undefined, id: string, text: string) => ({
    ...(index === undefined ? {} : { index }),
    id,
    type: 'function',
    function: { name: 'ask', arguments: text },
  });
  const end = [chunk({}, 'tool_calls'), '[DONE]'];
  const both = ['ask({"a":1})', 'ask({"b":2})'];
  const interleaved = [
    named(0, 'call_1', '{"a"'),
    named(1, 'call_2', '{"b"'),
    { index: 0, function: { arguments: ':1}' } },
    { index: 1, function: { arguments: ':2}' } },
  ];
  expect(await callsIn([...interleaved.map(call), ...end])).toEqual(both);
  const withoutIndex = [
    named(undefined, 'call_1', '{"a"'),
    { function: { arguments: ':1}' } },
    named(undefined, 'call_2', '{"b":2}'),
  ];
  expect(await callsIn([...withoutIndex.map(call), ...end])).toEqual(both);
  expect(
    await callsIn([
      chunk({ tool_calls: [named(undefined, '', '{"a":1}'), named(undefined, '', '{"b":2}')] }),
      ...end,
    ]),
  ).toEqual(both);
  expect(
    await callsIn([
      call(named(0, 'call_1', '{"a":1}')),
      call(named(0, 'call_2', '{"b":2}')),
      ...end,
    ]),
  ).toEqual(both);
  expect(
    await callsIn([call(named(0, 'call_1', '{"a"')), call(named(0, 'call_1', ':1}')), ...end]),
  ).toEqual(['ask({"a":1})']);
  expect(
    await callsIn([call(named(0, 'same', '{"a":1}')), call(named(1, 'same', '{"b":2}')), ...end]),
  ).toEqual(both);
});

test('takes arguments as an object, no arguments, calls of the old kind, and calls that end with "stop"', async () => {
  expect(
    await callsIn([
      call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: { a: 1 } } }),
      chunk({}, 'stop'),
    ]),
  ).toEqual(['ask({"a":1})']);
  expect(
    await callsIn([
      call({ index: 0, id: 'call_1', function: { name: 'ask' } }),
      chunk({}, 'tool_calls'),
    ]),
  ).toEqual(['ask({})']);
  expect(
    await callsIn([
      chunk({ function_call: { name: 'ask', arguments: '{"a"' } }),
      chunk({ function_call: { arguments: ':1}' } }),
      chunk({}, 'function_call'),
    ]),
  ).toEqual(['ask({"a":1})']);
});

test('makes no message of an empty line before a call', async () => {
  const { written, run } = await answered(
    [
      chunk({ content: '\n\n' }),
      call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
      chunk({}, 'tool_calls'),
    ],
    { assistant: { tools: [ASK] } },
  );
  expect([written, run.status]).toEqual([[], 'requires_action']);
});

test('passes on a refusal, and the text of parts', async () => {
  const { written } = await answered([
    chunk({ content: [{ type: 'text', text: 'Well, ' }] }),
    chunk({ refusal: 'I will ' }),
    chunk({ refusal: 'not.' }),
    chunk({}, 'stop'),
  ]);
  expect(written[0]?.content).toEqual([
    { type: 'text', text: { value: 'Well, ', annotations: [] } },
    { type: 'refusal', refusal: 'I will not.' },
  ]);
});

test('takes the last word on tokens, wherever it stands', async () => {
  const usage = (prompt_tokens: number, completion_tokens: number) => ({
    usage: { prompt_tokens, completion_tokens },
  });
  const { run } = await answered([
    { ...chunk({ content: 'Hi' }), ...usage(3, 1) },
    { ...chunk({}, 'stop'), ...usage(3, 2) },
  ]);
  expect(run.usage).toEqual({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
  expect((await answered(HI)).run.usage).toBeNull();
});

test('leaves the run the tokens that are left, and ends it when none are', async () => {
  const asking = [
    call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
    { ...chunk({}, 'tool_calls'), usage: { prompt_tokens: 1, completion_tokens: 200 } },
  ];
  const first = await answered(
    asking,
    { assistant: { tools: [ASK] }, run: { max_completion_tokens: 256 } },
    asking,
  );
  expect(first.sent[0]?.body['max_completion_tokens']).toBe(256);
  await first.submit(() => 'yes');
  expect(first.sent[1]?.body['max_completion_tokens']).toBe(56);
  const last = await first.submit(() => 'yes');
  expect(last.run).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason: 'max_completion_tokens' },
  });
  expect(first.sent).toHaveLength(2);
});

test('says it in other words to a server that does not know ours, and remembers', async () => {
  const refuse = (message: string) => () => Response.json({ error: { message } }, { status: 400 });
  const { sent, fetch } = createMockFetch(
    refuse("Unknown parameter: 'stream_options'"),
    refuse('max_completion_tokens is not supported'),
    HI,
  );
  const model = chatCompletionsModel({ ...OPTIONS, fetch });
  const { text } = await runModel(model, { run: { max_completion_tokens: 300 } });
  await runModel(model, { run: { max_completion_tokens: 300 } });
  expect(text).toBe('Hi');
  expect(
    sent.map(({ body }) =>
      ['stream_options', 'max_completion_tokens', 'max_tokens']
        .filter((name) => name in body)
        .join(),
    ),
  ).toEqual([
    'stream_options,max_completion_tokens',
    'max_completion_tokens',
    'max_tokens',
    'max_tokens',
  ]);
});

test('takes a whole answer from a server that does not stream', async () => {
  const message = {
    role: 'assistant',
    content: 'All at once.',
    tool_calls: [{ id: 'call_1', function: { name: 'ask', arguments: '{}' } }],
  };
  const { fetch } = createMockFetch(() =>
    Response.json({
      choices: [{ message, finish_reason: 'tool_calls' }],
      usage: { prompt_tokens: 1, completion_tokens: 2 },
    }),
  );
  const { run, text } = await runModel(chatCompletionsModel({ ...OPTIONS, fetch }), {
    assistant: { tools: [ASK] },
  });
  expect([run.status, text]).toEqual(['requires_action', 'All at once.']);
});

test.each([
  [
    'an error in the stream',
    [
      chunk({ content: 'Well' }),
      { error: { message: `No more for ${API_KEY}`, code: 'rate_limit_exceeded' } },
    ],
    'rate_limit_exceeded',
    'No more for ***',
  ],
  [
    'JSON that is none',
    [chunk({ content: 'Well' }), '{"choices": [nonsense'],
    'server_error',
    'malformed JSON',
  ],
  [
    'a filtered prompt',
    [{ error: { message: 'Filtered.', code: 'content_filter' } }],
    'invalid_prompt',
    'Filtered.',
  ],
  ['a stream without an end', [chunk({ content: 'Well' })], 'server_error', 'before the end'],
])('fails the run with %s', async (_, frames, code, message) => {
  const { run } = await answered(frames);
  expect(run).toMatchObject({
    status: 'failed',
    last_error: { code, message: expect.stringContaining(message) },
  });
});

test.each([
  [{ 'retry-after': '0' }, 3],
  [{ 'retry-after-ms': '1' }, 3],
  [{ 'retry-after': new Date(Date.now() - 1000).toUTCString() }, 3],
  [{ 'retry-after': '61' }, 1],
  [{ 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }, 1],
  [{ 'x-should-retry': 'false' }, 1],
])(
  'waits as long as the server asks for, and not longer than a minute: %j',
  async (headers, attempts) => {
    const { sent, fetch } = createMockFetch(() => new Response('{}', { status: 503, headers }));
    await runModel(chatCompletionsModel({ ...OPTIONS, fetch }));
    expect(sent).toHaveLength(attempts);
  },
);

test('does not ask again when the money is spent', async () => {
  const { sent, fetch } = createMockFetch(() =>
    Response.json(
      { error: { message: 'Pay first.', code: 'insufficient_quota' } },
      { status: 429 },
    ),
  );
  const { run } = await runModel(chatCompletionsModel({ ...OPTIONS, fetch }));
  expect([sent.length, run.last_error?.code]).toEqual([1, 'rate_limit_exceeded']);
});
