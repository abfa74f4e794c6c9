import { describe, expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import {
  calls,
  chunk,
  DONE,
  type FakeAnswer,
  startFakeServer,
  toStream,
} from './fakeModelServer.js';
import { runModel } from './modelServerHarness.js';
import { completed, delta, END, type Frames, PARIS, piece, runOn } from './runOnServer.js';

const CHAT = chatCompletionsModel;
const RESPONSES = responsesModel;
const HALF = chunk({ content: 'Half' });
const first = { index: 0, id: 'a' };

describe('a text is read', () => {
  test.each<[string, Frames]>([
    [
      'in a choice that counts from 1',
      [
        { choices: [{ index: 1, delta: { content: 'Hi' } }] },
        { choices: [{ index: 1, finish_reason: 'stop' }] },
      ],
    ],
    ['in a choice instead of a list', [{ choices: { delta: { content: 'Hi' } } }, ...END]],
    ['as a delta', [{ choices: [{ index: 0, delta: 'Hi' }] }, ...END]],
    ['in a choice without a delta', [{ choices: [{ index: 0, text: 'Hi' }] }, ...END]],
    ['in one part', [chunk({ content: { type: 'text', text: 'Hi' } }), ...END]],
    [
      'as the value of a part',
      [chunk({ content: [{ type: 'text', text: { value: 'Hi' } }] }), ...END],
    ],
    [
      'beside JSON that only other languages write',
      ['data: {"choices":[{"delta":{"content":"Hi"},"logprobs":NaN}]}\n\n', ...END],
    ],
    [
      'up to the details of an end',
      [chunk({ content: 'Hi' }), { choices: [{ finish_details: { type: 'stop' } }] }],
    ],
    ['up to an event that names the end', [chunk({ content: 'Hi' }), 'event: done\ndata:\n\n']],
    ['up to an end without brackets', [chunk({ content: 'Hi' }), 'data: DONE\n\n']],
  ])('%s', async (_, answer) => {
    const { run, text } = await runOn(CHAT, answer);
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });

  test.each<[string, Frames]>([
    [
      'in events whose type is only their name',
      [
        `event: response.output_text.delta\ndata: {"delta":"Hi"}\n\n`,
        `event: response.completed\ndata: {"response":{"status":"completed"}}\n\n`,
      ],
    ],
    [
      'as the content of a message',
      [completed({ output: [{ role: 'assistant', content: 'Hi' }] })],
    ],
    [
      'as the value of a part',
      [
        completed({
          output: [{ type: 'message', content: [{ type: 'output_text', text: { value: 'Hi' } }] }],
        }),
      ],
    ],
    ['in a part without a message', [completed({ output: [{ type: 'output_text', text: 'Hi' }] })]],
    ['beside the items', [completed({ output: [], output_text: 'Hi' })]],
    ['in a delta with a text', [delta({ text: 'Hi' }), completed()]],
  ])('in a response: %s', async (_, answer) => {
    const { run, text } = await runOn(RESPONSES, answer);
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });

  test('up to an end marker after a whole answer', async () => {
    const whole = JSON.stringify({
      choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }],
    });
    const { run, text } = await runOn(CHAT, { body: `${whole}\ndata: [DONE]\n` });
    expect([run.status, text]).toEqual(['completed', 'Hi']);
  });
});

describe('reasoning is separated', () => {
  test.each<[string, Frames]>([
    ['in tags in capitals', [chunk({ content: '<THINK>Hm</THINK>Hi' })]],
    [
      'in channels',
      [
        '<|channel|>analysis<|mess',
        'age|>Hm<|end|><|start|>assis',
        'tant<|channel|>final<|message|>Hi',
      ].map((content) => chunk({ content })),
    ],
    ['in an object', [chunk({ reasoning: { content: 'Hm' } }), chunk({ content: 'Hi' })]],
    [
      'in parts',
      [
        chunk({
          content: [
            { type: 'reasoning_text', text: 'Hm' },
            { type: 'text', text: 'Hi' },
          ],
        }),
      ],
    ],
    [
      'in the summary of a part',
      [
        chunk({
          content: [
            { type: 'reasoning', summary: [{ text: 'Hm' }] },
            { type: 'text', text: 'Hi' },
          ],
        }),
      ],
    ],
    [
      'by a mark',
      [
        chunk({ content: 'Hm', extra_content: { google: { thought: true } } }),
        chunk({ content: 'Hi' }),
      ],
    ],
  ])('%s', async (_, answer) => {
    const { text, reasoning } = await runOn(CHAT, [...answer, ...END]);
    expect([text, reasoning]).toEqual(['Hi', 'Hm']);
  });

  test('from text with letters that are longer in lower case', async () => {
    const { text, reasoning } = await runOn(CHAT, [
      chunk({ content: '<think>İİ</think>Hi' }),
      ...END,
    ]);
    expect([text, reasoning]).toEqual(['Hi', 'İİ']);
  });
});

describe('a call is read', () => {
  test.each<[string, object[]]>([
    [
      'with arguments that are encoded twice',
      [calls(piece('get_weather', JSON.stringify(PARIS), first))],
    ],
    [
      'with arguments that are encoded twice, in pieces',
      Array.from(JSON.stringify(PARIS), (text, index) =>
        calls(
          index === 0
            ? piece('get_weather', text, first)
            : { index: 0, function: { arguments: text } },
        ),
      ),
    ],
    [
      'with arguments in a code block',
      [calls(piece('get_weather', `\`\`\`json\n${PARIS}\n\`\`\``, first))],
    ],
    [
      'with parameters instead of arguments',
      [calls({ ...first, function: { name: 'get_weather', parameters: { city: 'Paris' } } })],
    ],
    [
      'with an input instead of arguments',
      [calls({ ...first, name: 'get_weather', input: { city: 'Paris' } })],
    ],
    [
      'with a new id in each fragment',
      [
        calls(piece('get_weather', '{"city"', first)),
        calls(piece('get_weather', ':"Paris"}', { index: 0, id: 'b' })),
      ],
    ],
    [
      'with an index that counts fragments',
      [
        calls(piece('get_weather', '{"city"', first)),
        calls({ index: 1, id: 'a', function: { arguments: ':"Paris"}' } }),
      ],
    ],
    [
      'with an index that counts fragments, without ids',
      [
        calls(piece('get_weather', '{"city"', { index: 0 })),
        calls({ index: 1, function: { arguments: ':"Paris"}' } }),
      ],
    ],
    [
      'with an index after the first fragment',
      [
        calls(piece('get_weather', '{"city"', { id: 'a' })),
        calls({ index: 0, function: { arguments: ':"Paris"}' } }),
      ],
    ],
    [
      'in a list that is JSON text',
      [chunk({ tool_calls: JSON.stringify([piece('get_weather', PARIS, first)]) })],
    ],
    [
      'beside its delta',
      [{ choices: [{ index: 0, delta: {}, tool_calls: [piece('get_weather', PARIS, first)] }] }],
    ],
    ...[
      'default_api.get_weather',
      'get_weather()',
      'to=functions.get_weather',
      'get_weather<|channel|>commentary',
    ].map((name): [string, object[]] => [
      `with the name ${name}`,
      [calls(piece(name, PARIS, first))],
    ]),
  ])('%s', async (_, answer) => {
    const { calls: read } = await runOn(CHAT, [...answer, chunk({}, 'tool_calls'), DONE]);
    expect(read).toEqual([`get_weather(${PARIS})`]);
  });

  test.each(['null', 'None', '""', '[]', null])('without arguments: %s', async (args) => {
    const { calls: read } = await runOn(CHAT, [calls(piece('get_time', args, first)), ...END]);
    expect(read).toEqual(['get_time({})']);
  });

  test('with a made-up name in the form that clients accept', async () => {
    const { calls: read } = await runOn(CHAT, [calls(piece('get tea!/../x', '{}', first)), ...END]);
    expect(read).toEqual(['get_tea_x({})']);
  });

  test('in a response, with its name after its item', async () => {
    const { calls: read } = await runOn(RESPONSES, [
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { type: 'function_call', id: 'f', call_id: 'c' },
      },
      {
        type: 'response.function_call_arguments.done',
        item_id: 'f',
        name: 'get_weather',
        arguments: PARIS,
      },
      completed(),
    ]);
    expect(read).toEqual([`get_weather(${PARIS})`]);
  });

  test('only if an end without a reason follows the whole arguments', async () => {
    const { run } = await runOn(CHAT, [calls(piece('get_weather', '{"city":"Pa', first)), DONE]);
    expect(run.status).toBe('failed');
  });
});

describe('the words of a failing server are repeated', () => {
  const GONE = 'The model is gone';
  const plain = (body: string | object, status = 200): FakeAnswer => ({
    body,
    status,
    type: 'text/plain',
  });
  test.each<[string, FakeAnswer | Frames]>([
    ['a line of JSON after some text', [HALF, `{"error":{"message":"${GONE}"}}\n\n`]],
    ['a line of JSON over several lines', [HALF, `{\n"error": {\n"message": "${GONE}"\n}\n}\n`]],
    ['a line after some text', [HALF, `${GONE}\n`]],
    ['data that is not JSON', [HALF, `data: ${GONE}\n\n`, DONE]],
    ['an event with another name', [HALF, `event: failure\ndata: ${GONE}\n\n`]],
    ['an error in a delta', [chunk({ error: { message: GONE } })]],
    ['an object after some text', [HALF, { status: 'failed', reason: GONE }, DONE]],
    ['a text', plain(GONE)],
    ['a text in brackets', plain(`[ERROR] ${GONE}`)],
    ['a JSON text', plain(JSON.stringify(GONE))],
    ['an error that is only true', plain({ error: true, message: GONE })],
    ['a detail beside no choices', plain({ choices: [], detail: GONE })],
    [
      'the state of a gateway',
      plain({ choices: null, base_resp: { status_code: 1004, status_msg: GONE } }),
    ],
    ['a blocked prompt', plain({ choices: [], prompt_feedback: { block_reason_message: GONE } })],
    ['a fault', plain({ fault: { faultstring: GONE } }, 400)],
    ['a message in capitals', plain({ Message: GONE }, 400)],
    ['a camel', plain({ ErrorMessage: GONE }, 400)],
    ['an event as the body of an error', plain(`data: {"error":{"message":"${GONE}"}}\n\n`, 400)],
    ['the title of a page', plain(`<!doctype html><title>${GONE}</title>`, 502)],
  ])('%s', async (_, answer) => {
    const { run } = await runOn(CHAT, answer);
    expect(run.status).toBe('failed');
    expect(run.last_error?.message).toContain(GONE);
    expect(run.last_error?.message).not.toMatch(/["<]/);
  });

  test.each<[string, object]>([
    ['beside a completed response', completed({ error: { message: GONE } })],
    ['beside a failed response', { type: 'response.failed', message: GONE }],
    [
      'in its details',
      { type: 'response.failed', response: { status_details: { error: { message: GONE } } } },
    ],
    [
      'as a reason',
      {
        type: 'response.incomplete',
        response: { status: 'incomplete', incomplete_details: { reason: GONE } },
      },
    ],
  ])('%s', async (_, event) => {
    const { run } = await runOn(RESPONSES, [delta('Half'), event]);
    expect(run.status).toBe('failed');
    expect(run.last_error?.message).toContain(GONE);
  });
});

describe('an answer that cannot be read', () => {
  const bytes = (hex: string, encoding?: string): FakeAnswer => ({
    body: [Buffer.from(hex, 'hex') as never],
    ...(encoding === undefined ? {} : { headers: { 'content-encoding': encoding } }),
  });
  test.each<[string, FakeAnswer, string]>([
    ['compressed without saying so', bytes('1f8b0800000000000003'), 'compressed or binary data'],
    ['compressed in an unknown way', bytes('28b52ffd2400'), 'compressed or binary data'],
    ['not compressed, against its header', bytes('646174613a', 'gzip'), 'cannot be decompressed'],
    [
      'of one event that is too long',
      { body: `data: ${'x'.repeat(33 * 1024 * 1024)}` },
      'too long',
    ],
  ])('fails the run with the cause, without retries: %s', async (_, answer, message) => {
    const { run, requestCount } = await runOn(CHAT, answer);
    expect(run.last_error?.message).toContain(message);
    expect(requestCount).toBe(1);
  });
});

test.each(['model_context_window_exceeded', 'Context-Length'])(
  'makes the prompt shorter if the model has no room for an answer: %s',
  async (reason) => {
    const server = await startFakeServer(({ body }) => {
      const isLong = JSON.stringify(body['messages']).length > 500;
      const answer = isLong ? [chunk({}, reason), DONE] : [chunk({ content: 'Hi' }), ...END];
      return { body: toStream(...answer) };
    });
    const model = chatCompletionsModel({ baseUrl: server.url, log: () => undefined });
    const { api, thread } = await runModel(model, { text: 'x'.repeat(400) });
    await api.json('POST', `/threads/${thread.id}/messages`, {
      role: 'user',
      content: 'y'.repeat(400),
    });
    const run = await api.createRun(thread.id);
    await api.backend.idle();
    expect((await api.getRun(run)).status).toBe('completed');
  },
);

test('leaves out usage that is not a number', async () => {
  const usage = 'data: {"choices":[],"usage":{"prompt_tokens":1e999,"completion_tokens":2}}\n\n';
  const { run } = await runOn(CHAT, [chunk({ content: 'Hi' }), usage, ...END]);
  expect(run.usage).toEqual({ prompt_tokens: 0, completion_tokens: 2, total_tokens: 2 });
});
