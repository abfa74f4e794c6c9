import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/protocol/types.js';
import {
  collect,
  createRunHarness,
  getEventNames,
  getRunOfEvent,
  getText,
  readUntil,
} from './createRunHarness.js';
import { CALL, COMPLETES, OUTPUT, SECOND_CALL, WEATHER, answerWith } from './runFixtures.js';

const STARTS = ['thread.run.created', 'thread.run.queued', 'thread.run.in_progress'];
const RESUMES = ['thread.run.step.completed', 'thread.run.queued', 'thread.run.in_progress'];
const STARTS_MESSAGE = [
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.message.created',
  'thread.message.in_progress',
  'thread.message.delta',
];
const WRITES_MESSAGE = [...STARTS_MESSAGE, 'thread.message.completed', 'thread.run.step.completed'];
const CALLS_FUNCTIONS = [
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.run.step.delta',
  'thread.run.requires_action',
  'done',
];
const ENDS_EARLY = (status: string) => [
  'thread.message.incomplete',
  `thread.run.step.${status}`,
  `thread.run.${status}`,
  'done',
];

describe('a streamed run', () => {
  test('emits the events of a message', async () => {
    const api = await createRunHarness(answerWith('Hello to you, and to everybody else'));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([...STARTS, ...WRITES_MESSAGE, ...COMPLETES]);
    expect(getText((await api.messages(thread.id))[1])).toBe('Hello to you, and to everybody else');
  });

  test('starts with the thread if it creates one', async () => {
    const api = await createRunHarness(answerWith('Hello'));

    const frames = await collect(
      api.frames('/threads/runs', { assistant_id: api.assistant.id, stream: true }),
    );

    expect(getEventNames(frames)).toEqual([
      'thread.created',
      ...STARTS,
      ...WRITES_MESSAGE,
      ...COMPLETES,
    ]);
    expect(frames[0]?.data).toMatchObject({
      object: 'thread',
      id: getRunOfEvent(frames[1]).thread_id,
    });
  });

  test('sends annotations only in the first delta of a text', async () => {
    const api = await createRunHarness(answerWith('one two'));
    const thread = await api.createThread('Count');

    const frames = await collect(api.streamRun(thread.id));

    const deltas = frames
      .filter(({ event }) => event === 'thread.message.delta')
      .map(({ data }) => data);
    expect(deltas).toMatchObject([
      {
        delta: { content: [{ index: 0, type: 'text', text: { value: 'one ', annotations: [] } }] },
      },
      { delta: { content: [{ index: 0, type: 'text', text: { value: 'two' } }] } },
    ]);
    expect(deltas[1]).not.toHaveProperty('delta.content.0.text.annotations');
  });

  test('emits the events of a function call, its output and the answer', async () => {
    const api = await createRunHarness(answerWith(CALL, 'It is warm.'), { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');

    const first = await collect(api.streamRun(thread.id));
    const run = getRunOfEvent(first.at(-2));
    const path = `/threads/${thread.id}/runs/${run.id}/submit_tool_outputs`;
    const second = await collect(api.frames(path, { tool_outputs: [OUTPUT], stream: true }));

    expect(getEventNames(first)).toEqual([...STARTS, ...CALLS_FUNCTIONS]);
    expect(getEventNames(second)).toEqual([...RESUMES, ...WRITES_MESSAGE, ...COMPLETES]);
    expect(second[0]?.data).toMatchObject({
      status: 'completed',
      step_details: {
        tool_calls: [{ id: 'call_a', function: { arguments: '{"city":"Paris"}', output: '21' } }],
      },
    });
    expect(second[1]?.data).toMatchObject({ status: 'queued', required_action: null });
  });

  test('sends the name of a call in its first delta and only arguments in later ones', async () => {
    const api = await createRunHarness(answerWith(CALL), { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');

    const frames = await collect(api.streamRun(thread.id));

    const calls = frames
      .filter(({ event }) => event === 'thread.run.step.delta')
      .map(
        ({ data }) =>
          (data as { delta: { step_details: { tool_calls: object[] } } }).delta.step_details
            .tool_calls[0],
      );
    expect(calls[0]).toEqual({
      index: 0,
      id: 'call_a',
      type: 'function',
      function: { name: 'get_weather', arguments: '', output: null },
    });
    expect(calls[1]).toEqual({
      index: 0,
      type: 'function',
      function: { arguments: expect.any(String) },
    });
  });

  test('emits the events of text, two parallel calls and text', async () => {
    const api = await createRunHarness(
      answerWith(['Let me look.', CALL, SECOND_CALL], 'Both are warm.'),
      {
        tools: [WEATHER],
      },
    );
    const thread = await api.createThread('Weather?');

    const first = await collect(api.streamRun(thread.id));
    const run = getRunOfEvent(first.at(-2));
    const path = `/threads/${thread.id}/runs/${run.id}/submit_tool_outputs`;
    const outputs = [{ tool_call_id: 'call_b', output: '30' }, OUTPUT];
    const second = await collect(api.frames(path, { tool_outputs: outputs, stream: true }));

    expect(getEventNames(first)).toEqual([...STARTS, ...WRITES_MESSAGE, ...CALLS_FUNCTIONS]);
    expect(run.required_action?.submit_tool_outputs.tool_calls).toEqual([
      {
        id: 'call_a',
        type: 'function',
        function: { name: 'get_weather', arguments: '{"city":"Paris"}' },
      },
      {
        id: 'call_b',
        type: 'function',
        function: { name: 'get_weather', arguments: '{"city":"Tokyo"}' },
      },
    ]);
    expect(getEventNames(second)).toEqual([...RESUMES, ...WRITES_MESSAGE, ...COMPLETES]);
    expect((await api.listSteps(run)).map(({ type, status }) => [type, status])).toEqual([
      ['message_creation', 'completed'],
      ['tool_calls', 'completed'],
      ['message_creation', 'completed'],
    ]);
  });

  test('emits text after a call once the outputs are submitted, as a separate message', async () => {
    const api = await createRunHarness(answerWith([CALL, 'While I wait.'], 'Done.'), {
      tools: [WEATHER],
    });
    const thread = await api.createThread('Weather?');

    const first = await collect(api.streamRun(thread.id));
    const run = getRunOfEvent(first.at(-2));
    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();

    expect(getEventNames(first)).toEqual([...STARTS, ...CALLS_FUNCTIONS]);
    expect((await api.messages(thread.id)).map((message) => getText(message))).toEqual([
      'Weather?',
      'While I wait.',
      'Done.',
    ]);
  });

  test('emits the events of two consecutive messages', async () => {
    const api = await createRunHarness(answerWith(['First.', { next: 'message' }, 'Second.']));
    const thread = await api.createThread('Twice, please');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([
      ...STARTS,
      ...WRITES_MESSAGE,
      ...WRITES_MESSAGE,
      ...COMPLETES,
    ]);
  });

  test('emits the events of a failure while it writes a message', async () => {
    const api = await createRunHarness(
      answerWith(['Well', { fail: 'rate_limit_exceeded', message: 'Slow down.' }]),
    );
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([...STARTS, ...STARTS_MESSAGE, ...ENDS_EARLY('failed')]);
    const error = { code: 'rate_limit_exceeded', message: 'Slow down.' };
    expect(frames.at(-2)?.data).toMatchObject({
      status: 'failed',
      last_error: error,
      failed_at: 1_700_000_000,
      expires_at: null,
    });
    expect(frames.at(-3)?.data).toMatchObject({
      status: 'failed',
      last_error: error,
      failed_at: 1_700_000_000,
    });
    expect(frames.at(-4)?.data).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'run_failed' },
    });
  });

  test('emits the events of a cancellation while it writes a message', async () => {
    const api = await createRunHarness(answerWith(['Well', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const before = await readUntil(frames, 'thread.message.delta');

    const answer = (await (await api.cancelRun(getRunOfEvent(before[0]))).json()) as Run;
    const after = await collect(frames);

    expect(answer.status).toBe('cancelling');
    expect(getEventNames(after)).toEqual(['thread.run.cancelling', ...ENDS_EARLY('cancelled')]);
    expect(after.at(-2)?.data).toMatchObject({
      status: 'cancelled',
      cancelled_at: 1_700_000_000,
      expires_at: null,
    });
    expect(getText((await api.messages(thread.id))[1])).toBe('Well');
  });

  test('emits the events of its token limit', async () => {
    const api = await createRunHarness(answerWith(['Well', { cut: 'max_completion_tokens' }]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([
      ...STARTS,
      ...STARTS_MESSAGE,
      'thread.message.incomplete',
      'thread.run.step.completed',
      'thread.run.incomplete',
      'done',
    ]);
    expect(frames.at(-2)?.data).toMatchObject({
      incomplete_details: { reason: 'max_completion_tokens' },
    });
    expect(frames.at(-4)?.data).toMatchObject({ incomplete_details: { reason: 'max_tokens' } });
  });

  test('emits the events of a content filter', async () => {
    const api = await createRunHarness(answerWith(['Well', { cut: 'content_filter' }]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(frames.at(-2)?.event).toBe('thread.run.incomplete');
    expect(frames.at(-4)?.data).toMatchObject({ incomplete_details: { reason: 'content_filter' } });
  });

  test('emits the events of its token limit in a function call', async () => {
    const api = await createRunHarness(answerWith([CALL, { cut: 'max_completion_tokens' }]), {
      tools: [WEATHER],
    });
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames).slice(-3)).toEqual([
      'thread.run.step.failed',
      'thread.run.incomplete',
      'done',
    ]);
  });

  test('emits the events of its expiry while it writes a message', async () => {
    const api = await createRunHarness(answerWith(['Well', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const before = await readUntil(frames, 'thread.message.delta');

    api.advanceTime(600);
    const polled = await api.getRun(getRunOfEvent(before[0]));
    const after = await collect(frames);

    expect(getEventNames(after)).toEqual(ENDS_EARLY('expired'));
    expect(after.at(-2)?.data).toEqual(polled);
    expect(polled).toMatchObject({
      status: 'expired',
      expires_at: null,
      completed_at: null,
      last_error: null,
    });
    expect(after.at(-3)?.data).toMatchObject({ status: 'expired', expired_at: 1_700_000_600 });
    expect(after.at(-4)?.data).toMatchObject({ incomplete_details: { reason: 'run_expired' } });
  });

  test('emits no message and fails if the model writes nothing', async () => {
    const api = await createRunHarness(answerWith([]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([...STARTS, 'thread.run.failed', 'done']);
    expect(getRunOfEvent(frames.at(-2)).last_error).toMatchObject({
      code: 'server_error',
      message: expect.stringContaining('without a text'),
    });
  });

  test('ends with the objects that a poll returns', async () => {
    const api = await createRunHarness(answerWith(['Look: ', { refuse: 'No.' }]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    const run = getRunOfEvent(frames.at(-2));
    expect(await api.getRun(run)).toEqual(run);
    expect((await api.listSteps(run))[0]).toEqual(frames.at(-3)?.data);
    expect((await api.messages(thread.id))[1]).toEqual(frames.at(-4)?.data);
  });
});
