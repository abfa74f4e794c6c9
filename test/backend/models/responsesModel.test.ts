import { expect, test } from 'vitest';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import { createMockFetch, API_KEY, runModel } from './modelServerHarness.js';

const OPTIONS = { baseUrl: 'http://model.test/v1', apiKey: API_KEY, retry: { minDelayMs: 1 } };
const ASK = { type: 'function', function: { name: 'ask', parameters: { type: 'object' } } };
const CALL = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'ask' };

const textDelta = (delta: string, output_index = 0) => ({
  type: 'response.output_text.delta',
  output_index,
  delta,
});
const completed = (more: object = {}) => ({
  type: 'response.completed',
  response: { status: 'completed', ...more },
});
const HI = [textDelta('Hi'), completed()];

async function runWithAnswer(
  frames: Parameters<typeof createMockFetch>[0],
  options: Parameters<typeof runModel>[1] = {},
  ...more: Parameters<typeof createMockFetch>
) {
  const { sent, fetch } = createMockFetch(frames, ...more);
  return { sent, ...(await runModel(responsesModel({ ...OPTIONS, fetch }), options)) };
}

test('sends the settings of the run and disables storage', async () => {
  const schema = { name: 'tea', schema: { type: 'object' }, strict: true };
  const { sent } = await runWithAnswer(HI, {
    assistant: {
      model: 'm',
      instructions: 'Be kind.',
      tools: [ASK],
      temperature: 0.2,
      response_format: { type: 'json_schema', json_schema: schema },
    },
    run: {
      max_completion_tokens: 300,
      parallel_tool_calls: false,
      reasoning_effort: 'low',
      tool_choice: { type: 'function', function: { name: 'ask' } },
    },
  });
  expect(sent[0]?.body).toEqual({
    model: 'm',
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }],
    stream: true,
    store: false,
    include: ['reasoning.encrypted_content'],
    instructions: 'Be kind.',
    max_output_tokens: 300,
    temperature: 0.2,
    text: { format: { type: 'json_schema', ...schema } },
    reasoning: { effort: 'low' },
    tools: [{ type: 'function', name: 'ask', parameters: { type: 'object' }, strict: false }],
    tool_choice: { type: 'function', name: 'ask' },
    parallel_tool_calls: false,
  });
});

test('sends earlier text, calls and outputs as input items', async () => {
  const callAnswer = [
    textDelta('Let me ask.'),
    { type: 'response.output_item.added', output_index: 1, item: { ...CALL, arguments: '' } },
    {
      type: 'response.function_call_arguments.delta',
      output_index: 1,
      item_id: 'fc_1',
      delta: '{"a"',
    },
    {
      type: 'response.function_call_arguments.delta',
      output_index: 1,
      item_id: 'fc_1',
      delta: ':1}',
    },
    { type: 'response.output_item.done', output_index: 1, item: { ...CALL, arguments: '{"a":1}' } },
    completed(),
  ];
  const { sent, run, submitOutputs } = await runWithAnswer(
    callAnswer,
    { assistant: { tools: [ASK] } },
    HI,
  );
  expect(
    run.required_action?.submit_tool_outputs.tool_calls.map((call) => call.function.arguments),
  ).toEqual(['{"a":1}']);
  await submitOutputs(() => 'yes');
  expect(sent[1]?.body['input']).toEqual([
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me ask.' }] },
    { type: 'function_call', call_id: 'call_1', name: 'ask', arguments: '{"a":1}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'yes' },
  ]);
});

test('creates a message for each item, streamed or complete', async () => {
  const item = (text: string) => ({
    type: 'message',
    content: [
      { type: 'output_text', text },
      { type: 'refusal', refusal: 'No more.' },
    ],
  });
  const { answers } = await runWithAnswer([
    textDelta('First'),
    { type: 'response.output_item.done', output_index: 0, item: item('First') },
    { type: 'response.reasoning_summary_text.delta', output_index: 1, delta: 'Hm' },
    { type: 'response.output_item.done', output_index: 2, item: item('Second') },
    completed({ usage: { input_tokens: 3, output_tokens: 4 } }),
  ]);
  expect(
    answers.map(({ content }) =>
      content.map((part) => (part.type === 'text' ? part.text.value : part.type)),
    ),
  ).toEqual([
    ['First', 'refusal'],
    ['Second', 'refusal'],
  ]);
});

test('reads a complete response from a server that does not stream', async () => {
  const output = [
    { type: 'message', content: [{ type: 'output_text', text: 'All at once.' }] },
    { ...CALL, arguments: '{"a":1}' },
  ];
  const { fetch } = createMockFetch(() =>
    Response.json({
      object: 'response',
      status: 'completed',
      output,
      usage: { input_tokens: 1, output_tokens: 2 },
    }),
  );
  const { run, text } = await runModel(responsesModel({ ...OPTIONS, fetch }), {
    assistant: { tools: [ASK] },
  });
  expect([run.status, text]).toEqual(['requires_action', 'All at once.']);
  expect(
    run.required_action?.submit_tool_outputs.tool_calls.map((call) => call.function.arguments),
  ).toEqual(['{"a":1}']);
});

test.each([
  ['max_output_tokens', 'incomplete', { reason: 'max_completion_tokens' }],
  ['content_filter', 'incomplete', {}],
])('ends the run with the reason of the server: %s', async (reason, status, details) => {
  const { run } = await runWithAnswer([
    textDelta('Well'),
    {
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason } },
    },
  ]);
  expect([run.status, run.incomplete_details]).toEqual([status, details]);
});

test.each([
  [
    'a failed response',
    [
      {
        type: 'response.failed',
        response: {
          status: 'failed',
          error: { code: 'rate_limit_exceeded', message: `Slow, ${API_KEY}` },
        },
      },
    ],
    'rate_limit_exceeded',
    'Slow, ***',
  ],
  [
    'an error event',
    [textDelta('Well'), { type: 'error', code: 'server_error', message: 'Broken.' }],
    'server_error',
    'Broken.',
  ],
  ['an interrupted stream', [textDelta('Well')], 'server_error', 'before the end'],
])('fails the run with %s', async (_, frames, code, message) => {
  const { run } = await runWithAnswer(frames);
  expect(run).toMatchObject({
    status: 'failed',
    last_error: { code, message: expect.stringContaining(message) },
  });
});
