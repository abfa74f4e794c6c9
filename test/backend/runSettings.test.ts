import { describe, expect, test } from 'vitest';
import type { ModelMessage } from '../../src/backend/models/Model.js';
import type { ScriptedLine } from '../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Assistant, Message, Thread } from '../../src/protocol/types.js';
import { createRunHarness, getText } from './createRunHarness.js';
import { answerWith, CALL, OUTPUT, readError, WEATHER } from './runFixtures.js';

describe('settings of a run', () => {
  test('default to those of the assistant', async () => {
    const settings = { instructions: 'Be kind.', tools: [WEATHER], temperature: 0.2, top_p: 0.5 };
    const api = await createRunHarness(answerWith('Hello'), settings);

    const run = await api.createRun((await api.createThread('Hello')).id);

    expect(run).toMatchObject({
      ...settings,
      model: 'scripted',
      metadata: {},
      tool_choice: 'auto',
      response_format: 'auto',
      truncation_strategy: { type: 'auto', last_messages: null },
      parallel_tool_calls: true,
      max_prompt_tokens: null,
      max_completion_tokens: null,
      usage: null,
      started_at: null,
      expires_at: 1_700_000_600,
    });
  });

  test('are overridden by the request', async () => {
    const settings = {
      model: 'other',
      instructions: 'Be brief.',
      tools: [],
      temperature: 0,
      metadata: { a: 'b' },
      tool_choice: 'none',
      parallel_tool_calls: false,
      max_completion_tokens: 300,
    };
    const api = await createRunHarness(answerWith('Hello'), {
      instructions: 'Be kind.',
      tools: [WEATHER],
    });

    const run = await api.createRun((await api.createThread('Hello')).id, settings);

    expect(run).toMatchObject(settings);
  });

  test('append additional instructions', async () => {
    const api = await createRunHarness(answerWith('Hello'), { instructions: 'Be kind.' });

    const run = await api.createRun((await api.createThread('Hello')).id, {
      additional_instructions: 'And brief.',
    });

    expect(run.instructions).toBe('Be kind.\n\nAnd brief.');
  });

  test('add messages in order before the run', async () => {
    const api = await createRunHarness({
      model: scriptedModel([{ say: ({ userTexts }) => userTexts.join(' | ') }]),
    });
    const thread = await api.createThread('one');

    await api.createRun(thread.id, {
      additional_messages: [
        { role: 'user', content: 'two' },
        { role: 'user', content: 'three' },
      ],
    });
    await api.backend.idle();

    expect((await api.messages(thread.id)).map((message) => getText(message))).toEqual([
      'one',
      'two',
      'three',
      'one | two | three',
    ]);
  });

  test('limit the messages that the model receives', async () => {
    const api = await createRunHarness({
      model: scriptedModel([{ say: ({ userTexts }) => userTexts.join(' | ') }]),
    });
    const thread = await api.createThread('one', 'two', 'three');

    await api.createRun(thread.id, {
      truncation_strategy: { type: 'last_messages', last_messages: 2 },
    });
    await api.backend.idle();

    expect(getText((await api.messages(thread.id)).at(-1))).toBe('two | three');
  });

  test('end a run at max_completion_tokens', async () => {
    const api = await createRunHarness(answerWith('many words '.repeat(200)));

    const run = await api.createRun((await api.createThread('Hello')).id, {
      max_completion_tokens: 256,
    });
    await api.backend.idle();

    expect(await api.getRun(run)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_completion_tokens' },
    });
  });

  test('are rejected with an unknown assistant or thread', async () => {
    const api = await createRunHarness(answerWith('Hello'));
    const thread = await api.createThread('Hello');

    const assistant = await api.send('POST', `/threads/${thread.id}/runs`, {
      assistant_id: 'asst_x',
    });
    const unknown = await api.send('POST', '/threads/thread_x/runs', {
      assistant_id: api.assistant.id,
    });

    expect((await readError(assistant)).error).toMatchObject({
      message: "No assistant found with id 'asst_x'.",
    });
    expect((await readError(unknown)).error).toMatchObject({
      message: "No thread found with id 'thread_x'.",
    });
  });
});

describe('usage', () => {
  test('is null until the run is settled, and then the sum of its segments', async () => {
    const tokens = (promptTokens: number, completionTokens: number) => ({
      usage: { promptTokens, completionTokens },
    });
    const api = await createRunHarness(
      answerWith([CALL, tokens(10, 2)], ['Warm.', tokens(20, 3)]),
      {
        tools: [WEATHER],
      },
    );
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();
    const waiting = await api.getRun(run);

    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();

    expect(waiting.usage).toBeNull();
    expect((await api.getRun(run)).usage).toEqual({
      prompt_tokens: 30,
      completion_tokens: 5,
      total_tokens: 35,
    });
    expect((await api.listSteps(run)).map(({ usage }) => usage?.total_tokens)).toEqual([12, 23]);
  });
});

test('counts tokens for the step that is in progress when they are reported', async () => {
  const tokens = (completionTokens: number): ScriptedLine => ({
    event: { type: 'usage', promptTokens: 0, completionTokens },
  });
  const end: ScriptedLine = { usage: { promptTokens: 0, completionTokens: 0 } };
  const api = await createRunHarness(
    answerWith(['One.', tokens(4), { next: 'message' }, 'Two.', tokens(6), end]),
  );
  const run = await api.createRun((await api.createThread('Hello')).id);
  await api.backend.idle();

  expect((await api.listSteps(run)).map(({ usage }) => usage?.total_tokens)).toEqual([4, 6]);
});

describe('the model request', () => {
  test('contains the thread and then the work of the run, once and in order', async () => {
    const requests: ModelMessage[][] = [];
    const model = scriptedModel(({ round, request }) => {
      requests.push(request.messages);
      return round === 0 ? ['Let me look.', CALL] : 'Warm.';
    });
    const api = await createRunHarness({ model }, { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();

    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();

    expect(requests.map((messages) => messages.map(({ role }) => role))).toEqual([
      ['user'],
      ['user', 'assistant', 'tool-calls', 'tool-outputs'],
    ]);
    expect(requests[1]?.slice(2)).toEqual([
      {
        role: 'tool-calls',
        calls: [{ id: 'call_a', name: 'get_weather', arguments: '{"city":"Paris"}' }],
      },
      { role: 'tool-outputs', outputs: [{ callId: 'call_a', output: '21' }] },
    ]);
  });

  test('contains only calls of its own run', async () => {
    const roles: string[][] = [];
    const model = scriptedModel(({ text, round, request }) => {
      roles.push(request.messages.map(({ role }) => role));
      return text === 'Weather?' && round === 0 ? CALL : 'Warm.';
    });
    const api = await createRunHarness({ model }, { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');
    const run = await api.createRun(thread.id);
    await api.backend.idle();
    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();

    await api.createRun(thread.id, { additional_messages: [{ role: 'user', content: 'Thanks' }] });
    await api.backend.idle();

    expect(roles.at(-1)).toEqual(['user', 'assistant', 'user']);
  });

  test('contains the files of the assistant, the thread and each message', async () => {
    const shown: { files: string[]; withMessages: string[][] }[] = [];
    const model = scriptedModel(({ request }) => {
      const withMessages = request.messages.map((message) =>
        'files' in message ? message.files.map(({ id }) => id) : [],
      );
      shown.push({ files: request.files.map(({ id }) => id), withMessages });
      return 'I have seen them.';
    });
    const api = await createRunHarness({ model });
    const [mine, threads, attached] = [
      await api.upload('a.txt'),
      await api.upload('b.txt'),
      await api.upload('c.txt'),
    ];
    const searching = (id: string) => ({ file_search: { vector_stores: [{ file_ids: [id] }] } });
    const assistant = await api.json<Assistant>('POST', '/assistants', {
      model: 'm',
      tool_resources: searching(mine),
    });
    const thread = await api.json<Thread>('POST', '/threads', {
      tool_resources: searching(threads),
    });

    await api.createRun(thread.id, {
      assistant_id: assistant.id,
      additional_messages: [
        {
          role: 'user',
          content: 'Look',
          attachments: [{ file_id: attached, tools: [{ type: 'file_search' }] }],
        },
      ],
    });
    await api.backend.idle();

    expect(shown).toEqual([{ files: [mine, threads, attached], withMessages: [[attached]] }]);
  });
});

describe('an error of the model', () => {
  test.each(['server_error', 'rate_limit_exceeded', 'invalid_prompt'] as const)(
    'with the code %s becomes the error of the run',
    async (code) => {
      const api = await createRunHarness(answerWith({ fail: code, message: 'As it happens.' }));

      const run = await api.createRun((await api.createThread('Hello')).id);
      await api.backend.idle();

      expect(await api.getRun(run)).toMatchObject({
        status: 'failed',
        last_error: { code, message: 'As it happens.' },
      });
    },
  );

  test('of another type becomes a server_error', async () => {
    const model = scriptedModel(() => {
      throw new TypeError('Unsupported operation.');
    });
    const api = await createRunHarness({ model });

    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    expect((await api.getRun(run)).last_error).toEqual({
      code: 'server_error',
      message: 'Unsupported operation.',
    });
  });

  test('fails the run for arguments without a call', async () => {
    const api = await createRunHarness(answerWith({ event: { type: 'arguments', text: '{}' } }));

    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    expect((await api.getRun(run)).status).toBe('failed');
  });
});

describe('files of an answer', () => {
  test('are stored and linked', async () => {
    const api = await createRunHarness(
      answerWith(['Here: ', { attach: 'teas.csv', content: 'green,2\n' }, '.']),
    );
    const thread = await api.createThread('A file, please');
    await api.createRun(thread.id);
    await api.backend.idle();

    const [, message] = (await api.messages(thread.id)) as [Message, Message];
    const [part] = message.content;
    const annotation = part?.type === 'text' ? part.text.annotations[0] : undefined;

    expect(getText(message)).toBe('Here: [teas.csv](sandbox:/mnt/data/teas.csv).');
    expect(annotation?.type).toBe('file_path');
    expect(getText(message).slice(annotation?.start_index, annotation?.end_index)).toBe(
      annotation?.text,
    );
    const id = annotation?.type === 'file_path' ? annotation.file_path.file_id : '';
    expect(await (await api.send('GET', `/files/${id}/content`)).text()).toBe('green,2\n');
    expect(await api.json('GET', `/files/${id}`)).toMatchObject({
      filename: 'teas.csv',
      purpose: 'assistants_output',
    });
  });
});
