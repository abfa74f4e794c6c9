import { describe, expect, test } from 'vitest';
import { chatCompletionsModel } from '../../../src/backend/models/chatCompletionsModel.js';
import { responsesModel } from '../../../src/backend/models/responsesModel.js';
import { memoryStore } from '../../../src/backend/stores/memoryStore.js';
import { collect, createRunHarness, getRunOfEvent } from '../createRunHarness.js';
import {
  calls,
  chatCall,
  chatText,
  chunk,
  DONE,
  type FakeAnswer,
  responsesText,
  startFakeServer,
  toStream,
  WEATHER,
} from './fakeModelServer.js';

type Message = Record<string, unknown> & { role: string; tool_calls?: Record<string, unknown>[] };

/** Starts a run on a server that gives these answers in turn, and submits outputs until it ends. */
async function play(
  createModel: typeof chatCompletionsModel,
  answers: readonly (string | ((body: Record<string, unknown>) => FakeAnswer))[],
  assistant: object = { tools: [WEATHER] },
) {
  let next = 0;
  const server = await startFakeServer(({ body }) => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? '';
    const reply = typeof answer === 'string' ? { body: answer } : answer(body);
    if ((reply.status ?? 200) === 200) next += 1;
    return reply;
  });
  const log: unknown[] = [];
  const model = createModel({
    baseUrl: server.url,
    retry: { attempts: 0 },
    log: (entry) => log.push(entry),
  });
  const api = await createRunHarness({ model }, assistant);
  const thread = await api.createThread('Weather?');
  const frames = await collect(api.streamRun(thread.id));
  const created = { id: getRunOfEvent(frames[0]).id, thread_id: thread.id };
  const ids: string[] = [];
  let run = await api.getRun(created);
  while (run.status === 'requires_action') {
    const pending = run.required_action?.submit_tool_outputs.tool_calls ?? [];
    ids.push(...pending.map(({ id }) => id));
    await api.submitToolOutputs(created, {
      tool_outputs: pending.map(({ id }, index) => ({ tool_call_id: id, output: `Rain ${index}` })),
    });
    await api.backend.idle();
    run = await api.getRun(created);
  }
  const steps = await api.listSteps(created);
  return { requests: server.requests, run, ids, steps, frames, api, thread, log };
}

const getMessages = (body: Record<string, unknown> | undefined) =>
  (body?.['messages'] ?? []) as Message[];

describe('what a server attaches', () => {
  const signature = { extra_content: { google: { thought_signature: 'c2lnbmVk' } } };

  test('to a call is sent back word for word', async () => {
    const { requests, run, steps, frames } = await play(chatCompletionsModel, [
      chatCall('call_1', signature),
      chatText('It rains.'),
    ]);
    expect(run.status).toBe('completed');
    const [, assistant] = getMessages(requests[1]?.body);
    expect(assistant?.tool_calls).toEqual([
      {
        ...signature,
        id: 'call_1',
        type: 'function',
        function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
      },
    ]);
    expect(JSON.stringify([steps, frames, run])).not.toMatch(/c2lnbmVk|provider/);
  });

  test('to the function of a call is sent back word for word', async () => {
    const fields = { provider_specific_fields: { thought_signature: 'c2lnbmVk' } };
    const called = { name: 'get_weather', arguments: '{}' };
    const { requests, run } = await play(chatCompletionsModel, [
      toStream(calls({ index: 0, id: 'call_1', function: { ...called, ...fields } })) +
        toStream(chunk({}, 'tool_calls'), DONE),
      chatText('It rains.'),
    ]);
    expect(run.status).toBe('completed');
    const [, assistant] = getMessages(requests[1]?.body);
    expect(assistant?.tool_calls).toEqual([
      { id: 'call_1', type: 'function', function: { ...called, ...fields } },
    ]);
  });

  test.each([
    ['reasoning_content', ['I will ', 'look.'], 'I will look.'],
    // Servers that require the field do so for answers without reasoning, too.
    ['reasoning_content', [''], ''],
    ['reasoning', ['I will ', 'look.'], 'I will look.'],
    [
      'reasoning_details',
      [
        [{ type: 'reasoning.text', index: 0, text: 'I will ' }],
        [{ type: 'reasoning.text', index: 0, text: 'look.' }],
        [{ type: 'reasoning.encrypted', index: 1, data: 'abc' }],
      ],
      [
        { type: 'reasoning.text', index: 0, text: 'I will look.' },
        { type: 'reasoning.encrypted', index: 1, data: 'abc' },
      ],
    ],
    [
      'thinking_blocks',
      [[{ type: 'thinking', thinking: 'Hm', signature: 'x' }]],
      [{ type: 'thinking', thinking: 'Hm', signature: 'x' }],
    ],
    [
      'thinking_blocks',
      [
        [{ type: 'thinking', thinking: 'I will ', signature: '' }],
        [{ type: 'thinking', thinking: 'look.' }],
        [{ type: 'thinking', thinking: '', signature: 'x' }],
        [{ type: 'thinking', thinking: 'Again.', signature: 'y' }],
        [{ type: 'redacted_thinking', data: 'abc' }],
        [{ type: 'redacted_thinking', data: 'def' }],
      ],
      [
        { type: 'thinking', thinking: 'I will look.', signature: 'x' },
        { type: 'thinking', thinking: 'Again.', signature: 'y' },
        { type: 'redacted_thinking', data: 'abc' },
        { type: 'redacted_thinking', data: 'def' },
      ],
    ],
  ])(
    'to an answer with calls is sent back word for word: %s %j',
    async (name, pieces, expected) => {
      const first = toStream(...pieces.map((piece) => chunk({ [name]: piece }))) + chatCall();
      const second =
        toStream(...pieces.map((piece) => chunk({ [name]: piece }))) + chatCall('call_2');
      const { requests, run } = await play(chatCompletionsModel, [
        first,
        second,
        chatText('Rain.'),
      ]);
      expect(run.status).toBe('completed');
      expect(getMessages(requests[2]?.body).map((message) => message[name])).toEqual([
        undefined,
        expected,
        undefined,
        expected,
        undefined,
      ]);
    },
  );

  test('is sent back, and shown, after the process was replaced', async () => {
    const first = toStream(chunk({ reasoning_content: 'I will look.' })) + chatCall();
    const server = await startFakeServer(({ index }) => ({
      body: index === 0 ? first : chatText('Rain.'),
    }));
    const store = memoryStore();
    const open = () => {
      const model = chatCompletionsModel({ baseUrl: server.url, log: () => undefined });
      return createRunHarness({ model, store }, { tools: [WEATHER] });
    };
    const before = await open();
    const thread = await before.createThread('Weather?');
    const run = await before.createRun(thread.id);
    await before.backend.idle();

    const after = await open();
    const [call] = (await after.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    await after.submitToolOutputs(run, {
      tool_outputs: [{ tool_call_id: call?.id, output: 'Rain' }],
    });
    await after.backend.idle();
    expect((await after.getRun(run)).status).toBe('completed');
    expect(getMessages(server.requests[1]?.body)[1]).toMatchObject({
      role: 'assistant',
      reasoning_content: 'I will look.',
    });
    const [step] = await after.listSteps(run);
    expect(step?.reasoning?.text).toBe('I will look.');
  });

  test('is left out if the server does not want it back', async () => {
    const { requests, run, log } = await play(chatCompletionsModel, [
      toStream(chunk({ reasoning_content: 'Hm' })) + chatCall(),
      (body) =>
        JSON.stringify(body).includes('reasoning_content')
          ? {
              status: 422,
              body: {
                detail: [
                  {
                    loc: ['body', 'messages', 1, 'reasoning_content'],
                    msg: 'Extra inputs are not permitted',
                  },
                ],
              },
            }
          : { body: chatText('Rain.') },
    ]);
    expect([run.status, requests.length]).toEqual(['completed', 3]);
    expect(log).toMatchObject([{ change: 'omits reasoning_content' }]);
  });

  test('to a search is sent back with its result', async () => {
    const search = calls({
      index: 0,
      id: 'search_1',
      function: { name: 'file_search', arguments: '{"query":"rain"}' },
      ...signature,
    });
    const { requests, run } = await play(
      chatCompletionsModel,
      [
        toStream(chunk({ reasoning_content: 'Hm' }), search, chunk({}, 'tool_calls'), DONE),
        chatText('Rain.'),
      ],
      { tools: [{ type: 'file_search' }] },
    );
    expect(run.status).toBe('completed');
    expect(getMessages(requests[1]?.body)).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        reasoning_content: 'Hm',
        tool_calls: [{ id: 'search_1', ...signature }],
      },
      { role: 'tool', tool_call_id: 'search_1' },
    ]);
  });

  test('to a response is sent back in its place', async () => {
    const reasoning = (id: string) => ({
      type: 'reasoning',
      id,
      summary: [{ type: 'summary_text', text: 'Hm' }],
      encrypted_content: `secret ${id}`,
    });
    const call = (id: string) => ({
      type: 'function_call',
      id: `fc_${id}`,
      call_id: id,
      name: 'get_weather',
      arguments: '{}',
    });
    const output = [reasoning('rs_1'), call('a'), reasoning('rs_2'), call('b')];
    const { requests, run, steps, frames } = await play(responsesModel, [
      toStream(
        ...output.map((item, output_index) => ({
          type: 'response.output_item.done',
          output_index,
          item,
        })),
        { type: 'response.completed', response: { status: 'completed', output } },
      ),
      responsesText('Rain.'),
    ]);
    expect(run.status).toBe('completed');
    expect(requests[0]?.body['include']).toEqual(['reasoning.encrypted_content']);
    expect(requests[1]?.body['input']).toEqual([
      expect.objectContaining({ role: 'user' }),
      ...output,
      { type: 'function_call_output', call_id: 'a', output: 'Rain 0' },
      { type: 'function_call_output', call_id: 'b', output: 'Rain 1' },
    ]);
    expect(JSON.stringify([steps, frames])).not.toContain('secret');
  });

  test('to an answer of an earlier run is not sent again', async () => {
    const { requests, api, thread } = await play(chatCompletionsModel, [
      toStream(chunk({ reasoning_content: 'Hm' })) + chatText('It rains.'),
      chatText('Again.'),
    ]);
    await api.createRun(thread.id);
    await api.backend.idle();
    expect(getMessages(requests[1]?.body)).toEqual([
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: 'It rains.' },
    ]);
  });
});

describe('the ids of calls', () => {
  test.each<[string, string[], RegExp]>([
    [
      'are the own ones of the server',
      ['functions.get_weather:0', 'functions.get_weather:1'],
      /^functions\.get_weather:0 functions\.get_weather:1$/,
    ],
    ['have nine letters and digits if there are none', ['', ''], /^[A-Za-z0-9]{9} [A-Za-z0-9]{9}$/],
    ['are unique if the server repeats them', ['call_0', 'call_0'], /^call_0 [A-Za-z0-9]{9}$/],
  ])('%s', async (_, serverIds, expected) => {
    const { requests, run, ids } = await play(chatCompletionsModel, [
      ...serverIds.map((id) => chatCall(id)),
      chatText('Rain.'),
    ]);
    expect(run.status).toBe('completed');
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^call_[A-Za-z0-9]{24}$/);
    const messages = getMessages(requests[2]?.body);
    const sent = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => String(id)));
    const answered = messages.flatMap(({ tool_call_id: id }) =>
      typeof id === 'string' ? [id] : [],
    );
    expect(answered).toEqual(sent);
    expect(new Set(sent).size).toBe(2);
    expect(sent.join(' ')).toMatch(expected);
  });
});

test('text before and after parallel calls is one message for the server', async () => {
  const parallel = calls(
    { index: 0, id: 'a', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
    { index: 1, id: 'b', function: { name: 'get_weather', arguments: '{"city":"Rome"}' } },
  );
  const { requests, run } = await play(chatCompletionsModel, [
    toStream(
      chunk({ content: 'Let me look.' }),
      parallel,
      chunk({ content: 'One moment.' }),
      chunk({}, 'tool_calls'),
    ),
    chatText('Rain.'),
  ]);
  expect(run.status).toBe('completed');
  expect(getMessages(requests[1]?.body).map(({ role, content }) => [role, content])).toEqual([
    ['user', 'Weather?'],
    ['assistant', 'Let me look.\n\nOne moment.'],
    ['tool', 'Rain 0'],
    ['tool', 'Rain 1'],
  ]);
});
