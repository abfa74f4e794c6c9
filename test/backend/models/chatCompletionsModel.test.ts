import { expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { createMockFetch, API_KEY, runModel } from './modelServerHarness.js';

const OPTIONS = { baseUrl: 'http://model.test/v1/', apiKey: API_KEY, retry: { minDelayMs: 1 } };
const ASK = {
  type: 'function',
  function: { name: 'ask', description: 'Asks.', parameters: { type: 'object' }, strict: true },
};

/** Creates a chunk of a stream from a delta and a finish reason. */
const chunk = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason }],
});
/** Creates a chunk with a fragment of a tool call. */
const call = (fragment: object) => chunk({ tool_calls: [fragment] });
const HI = [chunk({ content: 'Hi' }), chunk({}, 'stop'), '[DONE]'];

/** Runs the assistant with a server that sends these chunks, and then the further answers. */
async function runWithAnswer(
  frames: Parameters<typeof createMockFetch>[0],
  options: Parameters<typeof runModel>[1] = {},
  ...more: Parameters<typeof createMockFetch>
) {
  const { sent, fetch } = createMockFetch(frames, ...more);
  return { sent, ...(await runModel(chatCompletionsModel({ ...OPTIONS, fetch }), options)) };
}

/** Returns the pending calls of a run as `name(arguments)`. */
async function readCalls(frames: (object | string)[]) {
  const { run } = await runWithAnswer(frames, { assistant: { tools: [ASK] } });
  const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  return calls.map((one) => `${one.function.name}(${one.function.arguments})`);
}

test('sends the settings of the run', async () => {
  const response_format = {
    type: 'json_schema',
    json_schema: { name: 'tea', schema: { type: 'object' }, strict: true },
  };
  const { sent } = await runWithAnswer(HI, {
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

test('fails if the model does not stop searching, without requiring an action', async () => {
  const search = [
    call({
      index: 0,
      id: 'call_1',
      function: { name: 'file_search', arguments: '{"query":"tea"}' },
    }),
    chunk({}, 'tool_calls'),
    '[DONE]',
  ];
  const { run, sent } = await runWithAnswer(search, {
    assistant: { tools: [{ type: 'file_search' }] },
  });
  expect(run.last_error).toEqual({
    code: 'server_error',
    message: 'The model searched 10 times without an answer.',
  });
  expect(sent).toHaveLength(11);
  expect(JSON.stringify(sent[10]?.body['tools'] ?? [])).not.toContain('file_search');
});

test('omits settings that are defaults of the server', async () => {
  const { sent } = await runWithAnswer(HI, { assistant: { model: 'm' } });
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
])('sends the tool choice %j for the first answer only', async (tool_choice, first, second) => {
  const calls = [
    call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
    chunk({}, 'tool_calls'),
    '[DONE]',
  ];
  const { sent, submitOutputs } = await runWithAnswer(
    calls,
    { assistant: { tools: [ASK] }, run: { tool_choice } },
    HI,
  );
  await submitOutputs(() => 'yes');
  expect(sent.map(({ body }) => body['tool_choice'])).toEqual([first, second]);
});

test('sends a forced search for the first answer only', async () => {
  const search = [
    call({
      index: 0,
      id: 'call_1',
      function: { name: 'file_search', arguments: '{"query":"tea"}' },
    }),
    chunk({}, 'tool_calls'),
  ];
  const { sent, run } = await runWithAnswer(
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

test('renames the search function if a function of the run has its name', async () => {
  const tools = [{ type: 'file_search' }, { type: 'function', function: { name: 'file_search' } }];
  const { sent, steps } = await runWithAnswer(
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

test('sends text and the call after it as one message', async () => {
  const calls = [
    chunk({ content: 'Let me ask.' }),
    call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
    chunk({}, 'tool_calls'),
  ];
  const { sent, submitOutputs } = await runWithAnswer(calls, { assistant: { tools: [ASK] } }, HI);
  await submitOutputs(() => 'yes');
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

test('distinguishes calls by index, id or name', async () => {
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
  expect(await readCalls([...interleaved.map(call), ...end])).toEqual(both);
  const withoutIndex = [
    named(undefined, 'call_1', '{"a"'),
    { function: { arguments: ':1}' } },
    named(undefined, 'call_2', '{"b":2}'),
  ];
  expect(await readCalls([...withoutIndex.map(call), ...end])).toEqual(both);
  expect(
    await readCalls([
      chunk({ tool_calls: [named(undefined, '', '{"a":1}'), named(undefined, '', '{"b":2}')] }),
      ...end,
    ]),
  ).toEqual(both);
  expect(
    await readCalls([
      call(named(0, 'call_1', '{"a":1}')),
      call(named(0, 'call_2', '{"b":2}')),
      ...end,
    ]),
  ).toEqual(both);
  expect(
    await readCalls([call(named(0, 'call_1', '{"a"')), call(named(0, 'call_1', ':1}')), ...end]),
  ).toEqual(['ask({"a":1})']);
  expect(
    await readCalls([call(named(0, 'same', '{"a":1}')), call(named(1, 'same', '{"b":2}')), ...end]),
  ).toEqual(both);
});

test('accepts object arguments, missing arguments, legacy calls and the finish reason stop', async () => {
  expect(
    await readCalls([
      call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: { a: 1 } } }),
      chunk({}, 'stop'),
    ]),
  ).toEqual(['ask({"a":1})']);
  expect(
    await readCalls([
      call({ index: 0, id: 'call_1', function: { name: 'ask' } }),
      chunk({}, 'tool_calls'),
    ]),
  ).toEqual(['ask({})']);
  expect(
    await readCalls([
      chunk({ function_call: { name: 'ask', arguments: '{"a"' } }),
      chunk({ function_call: { arguments: ':1}' } }),
      chunk({}, 'function_call'),
    ]),
  ).toEqual(['ask({"a":1})']);
});

test('creates no message for an empty line before a call', async () => {
  const { answers, run } = await runWithAnswer(
    [
      chunk({ content: '\n\n' }),
      call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
      chunk({}, 'tool_calls'),
    ],
    { assistant: { tools: [ASK] } },
  );
  expect([answers, run.status]).toEqual([[], 'requires_action']);
});

test('reads refusals and text parts', async () => {
  const { answers } = await runWithAnswer([
    chunk({ content: [{ type: 'text', text: 'Well, ' }] }),
    chunk({ refusal: 'I will ' }),
    chunk({ refusal: 'not.' }),
    chunk({}, 'stop'),
  ]);
  expect(answers[0]?.content).toEqual([
    { type: 'text', text: { value: 'Well, ', annotations: [] } },
    { type: 'refusal', refusal: 'I will not.' },
  ]);
});

test('uses the last usage, in any chunk', async () => {
  const usage = (prompt_tokens: number, completion_tokens: number) => ({
    usage: { prompt_tokens, completion_tokens },
  });
  const { run } = await runWithAnswer([
    { ...chunk({ content: 'Hi' }), ...usage(3, 1) },
    { ...chunk({}, 'stop'), ...usage(3, 2) },
  ]);
  expect(run.usage).toEqual({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
  expect((await runWithAnswer(HI)).run.usage).toBeNull();
});

test('sends the remaining tokens as the limit, and ends the run when none remain', async () => {
  const callAnswer = [
    call({ index: 0, id: 'call_1', function: { name: 'ask', arguments: '{}' } }),
    { ...chunk({}, 'tool_calls'), usage: { prompt_tokens: 1, completion_tokens: 200 } },
  ];
  const first = await runWithAnswer(
    callAnswer,
    { assistant: { tools: [ASK] }, run: { max_completion_tokens: 256 } },
    callAnswer,
  );
  expect(first.sent[0]?.body['max_completion_tokens']).toBe(256);
  await first.submitOutputs(() => 'yes');
  expect(first.sent[1]?.body['max_completion_tokens']).toBe(56);
  const last = await first.submitOutputs(() => 'yes');
  expect(last.run).toMatchObject({
    status: 'incomplete',
    incomplete_details: { reason: 'max_completion_tokens' },
  });
  expect(first.sent).toHaveLength(2);
});

test('replaces parameters that a server rejects, and remembers them', async () => {
  const reject = (message: string) => () => Response.json({ error: { message } }, { status: 400 });
  const { sent, fetch } = createMockFetch(
    reject("Unknown parameter: 'stream_options'"),
    reject('max_completion_tokens is not supported'),
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

test('reads a complete response from a server that does not stream', async () => {
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
    'malformed JSON',
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
  ['an interrupted stream', [chunk({ content: 'Well' })], 'server_error', 'before the end'],
])('fails the run with %s', async (_, frames, code, message) => {
  const { run } = await runWithAnswer(frames);
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
  'retries after the delay that the server asks for, up to one minute: %j',
  async (headers, attempts) => {
    const { sent, fetch } = createMockFetch(() => new Response('{}', { status: 503, headers }));
    await runModel(chatCompletionsModel({ ...OPTIONS, fetch }));
    expect(sent).toHaveLength(attempts);
  },
);

test.each([408, 409, 425, 429, 500, 502, 503, 504, 529])(
  'retries the status %i',
  async (status) => {
    const retry = { minDelayMs: 1 };
    const { sent, fetch } = createMockFetch(
      () => new Response('Busy', { status }),
      [chunk({ content: 'Hi' }), chunk({}, 'stop'), '[DONE]'],
    );
    const { text } = await runModel(chatCompletionsModel({ ...OPTIONS, fetch, retry }));
    expect([sent.length, text]).toEqual([2, 'Hi']);
  },
);

test('does not retry when the quota is exhausted', async () => {
  const { sent, fetch } = createMockFetch(() =>
    Response.json(
      { error: { message: 'Quota exceeded.', code: 'insufficient_quota' } },
      { status: 429 },
    ),
  );
  const { run } = await runModel(chatCompletionsModel({ ...OPTIONS, fetch }));
  expect([sent.length, run.last_error?.code]).toEqual([1, 'rate_limit_exceeded']);
});
