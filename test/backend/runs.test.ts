import { describe, expect, test } from 'vitest';
import type { ModelMessage } from '../../src/backend/models/model.js';
import type { ScriptedLine, ScriptedScript } from '../../src/backend/models/scripted/script.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Store } from '../../src/backend/stores/Store.js';
import { StoreError } from '../../src/backend/stores/StoreError.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type { Assistant, Message, Run, Thread } from '../../src/protocol/types.js';
import { createDeferred } from '../createDeferred.js';
import {
  collect,
  getEventNames,
  readUntil,
  getRunOfEvent,
  createRunHarness,
  getText,
} from './createRunHarness.js';

const BEGINS = ['thread.run.created', 'thread.run.queued', 'thread.run.in_progress'];
const GOES_ON = ['thread.run.step.completed', 'thread.run.queued', 'thread.run.in_progress'];
const OPENS_MESSAGE = [
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.message.created',
  'thread.message.in_progress',
  'thread.message.delta',
];
const WRITES_MESSAGE = [...OPENS_MESSAGE, 'thread.message.completed', 'thread.run.step.completed'];
const CALLS_FUNCTIONS = [
  'thread.run.step.created',
  'thread.run.step.in_progress',
  'thread.run.step.delta',
  'thread.run.requires_action',
  'done',
];
const COMPLETES = ['thread.run.completed', 'done'];
const BREAKS_OFF = (how: string) => [
  'thread.message.incomplete',
  `thread.run.step.${how}`,
  `thread.run.${how}`,
  'done',
];

const WEATHER = { type: 'function', function: { name: 'get_weather', parameters: {} } };
const says = (say: ScriptedScript, after: ScriptedScript = 'Thank you.') => ({
  model: scriptedModel([{ say, after }]),
});
const CALL = { call: 'get_weather', id: 'call_a', with: { city: 'Paris' } };
const SECOND_CALL = { call: 'get_weather', id: 'call_b', with: { city: 'Tokyo' } };
const OUTPUT = { tool_call_id: 'call_a', output: '21' };

async function errorOf(response: Response): Promise<{ status: number; error: unknown }> {
  const body = (await response.json()) as { error: unknown };
  return { status: response.status, error: body.error };
}

const refusal = (message: string) => ({
  status: 400,
  error: { message, type: 'invalid_request_error', param: null, code: null },
});

describe('events of a run', () => {
  test('a run that writes a message', async () => {
    const api = await createRunHarness(says('Hello to you, and to everybody else'));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([...BEGINS, ...WRITES_MESSAGE, ...COMPLETES]);
    expect(getText((await api.messages(thread.id))[1])).toBe('Hello to you, and to everybody else');
  });

  test('a run that makes its thread begins with the thread', async () => {
    const api = await createRunHarness(says('Hello'));

    const frames = await collect(
      api.frames('/threads/runs', { assistant_id: api.assistant.id, stream: true }),
    );

    expect(getEventNames(frames)).toEqual([
      'thread.created',
      ...BEGINS,
      ...WRITES_MESSAGE,
      ...COMPLETES,
    ]);
    expect(frames[0]?.data).toMatchObject({
      object: 'thread',
      id: getRunOfEvent(frames[1]).thread_id,
    });
  });

  test('only the first text delta of a text carries annotations', async () => {
    const api = await createRunHarness(says('one two'));
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

  test('a function call, its output, and the answer', async () => {
    const api = await createRunHarness(says(CALL, 'It is warm.'), { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');

    const first = await collect(api.streamRun(thread.id));
    const run = getRunOfEvent(first.at(-2));
    const path = `/threads/${thread.id}/runs/${run.id}/submit_tool_outputs`;
    const second = await collect(api.frames(path, { tool_outputs: [OUTPUT], stream: true }));

    expect(getEventNames(first)).toEqual([...BEGINS, ...CALLS_FUNCTIONS]);
    expect(getEventNames(second)).toEqual([...GOES_ON, ...WRITES_MESSAGE, ...COMPLETES]);
    expect(second[0]?.data).toMatchObject({
      status: 'completed',
      step_details: {
        tool_calls: [{ id: 'call_a', function: { arguments: '{"city":"Paris"}', output: '21' } }],
      },
    });
    expect(second[1]?.data).toMatchObject({ status: 'queued', required_action: null });
  });

  test('the first delta of a call names it, later ones carry arguments only', async () => {
    const api = await createRunHarness(says(CALL), { tools: [WEATHER] });
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

  test('text, then two parallel calls, then text', async () => {
    const api = await createRunHarness(
      says(['Let me look.', CALL, SECOND_CALL], 'Both are warm.'),
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

    expect(getEventNames(first)).toEqual([...BEGINS, ...WRITES_MESSAGE, ...CALLS_FUNCTIONS]);
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
    expect(getEventNames(second)).toEqual([...GOES_ON, ...WRITES_MESSAGE, ...COMPLETES]);
    expect((await api.listSteps(run)).map(({ type, status }) => [type, status])).toEqual([
      ['message_creation', 'completed'],
      ['tool_calls', 'completed'],
      ['message_creation', 'completed'],
    ]);
  });

  test('text that a model writes behind its calls comes once their outputs are in, as a message of its own', async () => {
    const api = await createRunHarness(says([CALL, 'While I wait.'], 'Done.'), {
      tools: [WEATHER],
    });
    const thread = await api.createThread('Weather?');

    const first = await collect(api.streamRun(thread.id));
    const run = getRunOfEvent(first.at(-2));
    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();

    expect(getEventNames(first)).toEqual([...BEGINS, ...CALLS_FUNCTIONS]);
    expect((await api.messages(thread.id)).map((message) => getText(message))).toEqual([
      'Weather?',
      'While I wait.',
      'Done.',
    ]);
  });

  test('two messages follow one another', async () => {
    const api = await createRunHarness(says(['First.', { next: 'message' }, 'Second.']));
    const thread = await api.createThread('Twice, please');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([
      ...BEGINS,
      ...WRITES_MESSAGE,
      ...WRITES_MESSAGE,
      ...COMPLETES,
    ]);
  });

  test('a run that fails in the middle of its message', async () => {
    const api = await createRunHarness(
      says(['Well', { fail: 'rate_limit_exceeded', message: 'Slow down.' }]),
    );
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([...BEGINS, ...OPENS_MESSAGE, ...BREAKS_OFF('failed')]);
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

  test('a run that is cancelled in the middle of its message', async () => {
    const api = await createRunHarness(says(['Well', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const before = await readUntil(frames, 'thread.message.delta');

    const answer = (await (await api.cancelRun(getRunOfEvent(before[0]))).json()) as Run;
    const after = await collect(frames);

    expect(answer.status).toBe('cancelling');
    expect(getEventNames(after)).toEqual(['thread.run.cancelling', ...BREAKS_OFF('cancelled')]);
    expect(after.at(-2)?.data).toMatchObject({
      status: 'cancelled',
      cancelled_at: 1_700_000_000,
      expires_at: null,
    });
    expect(getText((await api.messages(thread.id))[1])).toBe('Well');
  });

  test('a run that is cut at its token limit', async () => {
    const api = await createRunHarness(says(['Well', { cut: 'max_completion_tokens' }]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([
      ...BEGINS,
      ...OPENS_MESSAGE,
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

  test('a run whose message is filtered', async () => {
    const api = await createRunHarness(says(['Well', { cut: 'content_filter' }]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(frames.at(-2)?.event).toBe('thread.run.incomplete');
    expect(frames.at(-4)?.data).toMatchObject({ incomplete_details: { reason: 'content_filter' } });
  });

  test('a run that is cut in the middle of a function call', async () => {
    const api = await createRunHarness(says([CALL, { cut: 'max_completion_tokens' }]), {
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

  test('a run that expires in the middle of its message', async () => {
    const api = await createRunHarness(says(['Well', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const before = await readUntil(frames, 'thread.message.delta');

    api.advanceTime(600);
    const polled = await api.getRun(getRunOfEvent(before[0]));
    const after = await collect(frames);

    expect(getEventNames(after)).toEqual(BREAKS_OFF('expired'));
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

  test('a model without a word completes its run without a message', async () => {
    const api = await createRunHarness(says([]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    expect(getEventNames(frames)).toEqual([...BEGINS, ...COMPLETES]);
  });

  test('what the stream ends with is what a poll finds', async () => {
    const api = await createRunHarness(says(['Look: ', { refuse: 'No.' }]));
    const thread = await api.createThread('Hello');

    const frames = await collect(api.streamRun(thread.id));

    const run = getRunOfEvent(frames.at(-2));
    expect(await api.getRun(run)).toEqual(run);
    expect((await api.listSteps(run))[0]).toEqual(frames.at(-3)?.data);
    expect((await api.messages(thread.id))[1]).toEqual(frames.at(-4)?.data);
  });
});

describe('a run in the making', () => {
  test('a poll sees the text grow', async () => {
    const held = createDeferred();
    const api = await createRunHarness(says(['Half of ', { hold: held.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    await readUntil(frames, 'thread.message.delta');
    await readUntil(frames, 'thread.message.delta');

    const [, halfway] = await api.messages(thread.id);
    held.resolve();
    await collect(frames);
    const [, finished] = await api.messages(thread.id);

    expect([halfway?.status, getText(halfway)]).toEqual(['in_progress', 'Half of ']);
    expect([finished?.status, getText(finished)]).toEqual(['completed', 'Half of it.']);
  });

  test('goes on when its reader leaves', async () => {
    const held = createDeferred();
    const api = await createRunHarness(says(['Half of ', { hold: held.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    await readUntil(frames, 'thread.message.delta');

    await frames.return();
    held.resolve();
    await api.backend.idle();

    expect(getText((await api.messages(thread.id))[1])).toBe('Half of it.');
  });

  test('goes on when its request is aborted', async () => {
    const held = createDeferred();
    const api = await createRunHarness(says(['Half of ', { hold: held.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const controller = new AbortController();
    const body = { assistant_id: api.assistant.id, stream: true };
    const frames = api.frames(`/threads/${thread.id}/runs`, body, { signal: controller.signal });
    await readUntil(frames, 'thread.message.delta');

    controller.abort();
    await expect(collect(frames)).rejects.toThrow(/abort/i);
    held.resolve();
    await api.backend.idle();

    expect(getText((await api.messages(thread.id))[1])).toBe('Half of it.');
  });

  test('keeps the metadata that its message and itself are given meanwhile', async () => {
    const held = createDeferred();
    const api = await createRunHarness(says(['Half of ', { hold: held.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const read = await readUntil(frames, 'thread.message.delta');
    const run = getRunOfEvent(read[0]);
    const [, message] = await api.messages(thread.id);

    await api.json('POST', `/threads/${thread.id}/messages/${message?.id}`, {
      metadata: { kept: 'message' },
    });
    await api.json('POST', `/threads/${thread.id}/runs/${run.id}`, { metadata: { kept: 'run' } });
    held.resolve();
    const after = await collect(frames);

    expect(after.at(-2)?.data).toMatchObject({ status: 'completed', metadata: { kept: 'run' } });
    expect((await api.messages(thread.id))[1]).toMatchObject({
      metadata: { kept: 'message' },
      content: [{ text: { value: 'Half of it.' } }],
    });
  });

  test('does not bring back a message that was deleted while it was written', async () => {
    const held = createDeferred();
    const api = await createRunHarness(says(['Half of ', { hold: held.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    await readUntil(frames, 'thread.message.delta');
    const [, message] = await api.messages(thread.id);

    await api.json('DELETE', `/threads/${thread.id}/messages/${message?.id}`);
    held.resolve();
    const after = await collect(frames);

    expect(getEventNames(after).slice(-2)).toEqual(COMPLETES);
    expect((await api.messages(thread.id)).map((kept) => getText(kept))).toEqual(['Hello']);
  });

  test('ends, and its stream with it, when its thread is deleted', async () => {
    const api = await createRunHarness(says(['Half of ', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const read = await readUntil(frames, 'thread.message.delta');

    await api.json('DELETE', `/threads/${thread.id}`);
    const after = await collect(frames);
    await api.backend.idle();

    expect(after.map(({ event }) => event)).not.toContain('thread.run.completed');
    const gone = await api.send('GET', `/threads/${thread.id}/runs/${getRunOfEvent(read[0]).id}`);
    expect(gone.status).toBe(404);
  });

  test('many run at once, each with its own answer', async () => {
    const api = await createRunHarness({
      model: scriptedModel([{ say: ({ text }) => `You said ${text}` }]),
    });
    const threads = await Promise.all(
      Array.from({ length: 100 }, (_, index) => api.createThread(`number ${index}`)),
    );

    await Promise.all(threads.map((thread) => collect(api.streamRun(thread.id))));

    const answers = await Promise.all(
      threads.map(async (thread) => getText((await api.messages(thread.id))[1])),
    );
    expect(answers).toEqual(threads.map((_, index) => `You said number ${index}`));
  });
});

describe('expiry', () => {
  test('covers the wait for tool outputs', async () => {
    const api = await createRunHarness(says(CALL), { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();

    api.advanceTime(599);
    const before = await api.getRun(run);
    api.advanceTime(1);
    const after = await api.getRun(run);

    expect([before.status, before.expires_at]).toEqual(['requires_action', 1_700_000_600]);
    expect([after.status, after.expires_at, after.required_action]).toEqual([
      'expired',
      null,
      null,
    ]);
    expect((await api.listSteps(run))[0]).toMatchObject({
      status: 'expired',
      expired_at: 1_700_000_600,
    });
  });

  test.each([
    ['full', 507],
    ['failed', 500],
  ] as const)('keeps nobody from reading where it cannot be stored: %s', async (reason, status) => {
    const store = memoryStore();
    let isRefusing = false;
    const refusing: Store = {
      ...store,
      write: (changes) =>
        isRefusing ? Promise.reject(new StoreError(reason, 'No.')) : store.write(changes),
    };
    const api = await createRunHarness(
      { ...says(CALL), store: refusing, onError: () => {} },
      { tools: [WEATHER] },
    );
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();
    isRefusing = true;
    api.advanceTime(600);

    expect((await api.getRun(run)).status).toBe('requires_action');
    expect(await api.listSteps(run)).toHaveLength(1);
    expect((await api.send('GET', `/threads/${run.thread_id}/runs`)).status).toBe(200);
    expect((await api.cancelRun(run)).status).toBe(status);
    isRefusing = false;
    expect((await api.getRun(run)).status).toBe('expired');
  });

  test('refuses tool outputs that come too late', async () => {
    const api = await createRunHarness(says(CALL), { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();

    api.advanceTime(600);
    const response = await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });

    expect(await errorOf(response)).toEqual(
      refusal('Runs in status "expired" do not accept tool outputs.'),
    );
  });

  test('unlocks the thread without anybody asking for the run', async () => {
    const api = await createRunHarness(says(CALL), { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');
    await api.createRun(thread.id);
    await api.backend.idle();

    api.advanceTime(600);
    const response = await api.send('POST', `/threads/${thread.id}/messages`, {
      role: 'user',
      content: 'Never mind',
    });

    expect(response.status).toBe(200);
  });

  test('shows in the list of runs', async () => {
    const api = await createRunHarness(says(CALL), { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');
    await api.createRun(thread.id);
    await api.backend.idle();

    api.advanceTime(600);
    const page = await api.json<{ data: Run[] }>('GET', `/threads/${thread.id}/runs`);

    expect(page.data.map(({ status }) => status)).toEqual(['expired']);
  });
});

describe('the lock of a thread', () => {
  test.each([
    ['in_progress', ['Well', { stall: true }] satisfies ScriptedScript],
    ['requires_action', CALL],
  ])('holds while a run is %s', async (status, say) => {
    const api = await createRunHarness(says(say), { tools: [WEATHER] });
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const [created] = await readUntil(frames, `thread.run.${status}`);
    const { id } = getRunOfEvent(created);

    const message = await api.send('POST', `/threads/${thread.id}/messages`, {
      role: 'user',
      content: 'More',
    });
    const run = await api.send('POST', `/threads/${thread.id}/runs`, {
      assistant_id: api.assistant.id,
    });
    const metadata = await api.send('POST', `/threads/${thread.id}`, {
      metadata: { still: 'open' },
    });

    expect(await errorOf(message)).toEqual(
      refusal(`Can't add messages to ${thread.id} while a run ${id} is active.`),
    );
    expect(await errorOf(run)).toEqual(
      refusal(`Thread ${thread.id} already has an active run ${id}.`),
    );
    expect(metadata.status).toBe(200);
  });

  test('lets one of two runs in that come at the same time', async () => {
    const api = await createRunHarness(says('Hello'));
    const thread = await api.createThread('Hello');
    const body = { assistant_id: api.assistant.id };

    const responses = await Promise.all(
      [1, 2].map(() => api.send('POST', `/threads/${thread.id}/runs`, body)),
    );

    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  });

  test.each<[string, ScriptedScript]>([
    ['completed', 'Well'],
    ['failed', { fail: 'server_error' }],
    ['incomplete', { cut: 'max_prompt_tokens' }],
  ])('opens when a run is %s', async (status, say) => {
    const api = await createRunHarness(says(say));
    const thread = await api.createThread('Hello');
    const run = await api.createRun(thread.id);
    await api.backend.idle();

    const message = await api.send('POST', `/threads/${thread.id}/messages`, {
      role: 'user',
      content: 'More',
    });

    expect((await api.getRun(run)).status).toBe(status);
    expect(message.status).toBe(200);
  });
});

describe('cancelRun', () => {
  test('is accepted from queued', async () => {
    const api = await createRunHarness(says('Hello'));
    const thread = await api.createThread('Hello');
    const run = await api.createRun(thread.id);

    expect(run.status).toBe('queued');
    expect((await api.cancelRun(run)).status).toBe(200);
    await api.backend.idle();
    expect(['cancelled', 'completed']).toContain((await api.getRun(run)).status);
  });

  test('is accepted from requires_action, and ends the step of the calls', async () => {
    const api = await createRunHarness(says(CALL), { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();

    const cancelling = (await (await api.cancelRun(run)).json()) as Run;
    await api.backend.idle();

    expect([cancelling.status, cancelling.required_action]).toEqual(['cancelling', null]);
    expect(await api.getRun(run)).toMatchObject({
      status: 'cancelled',
      required_action: null,
      expires_at: null,
    });
    expect((await api.listSteps(run))[0]).toMatchObject({
      status: 'cancelled',
      cancelled_at: 1_700_000_000,
    });
  });

  test('is refused once the run is settled', async () => {
    const api = await createRunHarness(says('Hello'));
    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    const response = await api.cancelRun(run);

    expect(await errorOf(response)).toEqual(refusal("Cannot cancel run with status 'completed'."));
  });

  test('is refused to all but the first of many', async () => {
    const api = await createRunHarness(says(['Well', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const [created] = await readUntil(frames, 'thread.message.delta');

    const responses = await Promise.all([1, 2, 3].map(() => api.cancelRun(getRunOfEvent(created))));

    expect(responses.map(({ status }) => status)).toEqual([200, 400, 400]);
  });

  test(
    'at every event leaves a settled run, settled steps and messages, and an open thread',
    { timeout: 60_000 },
    async () => {
      const say: ScriptedScript = ['Let me look. ', { next: 'message' }, 'Now', CALL, SECOND_CALL];
      const whole = await createRunHarness(says(say), { tools: [WEATHER] });
      const count = (await collect(whole.streamRun((await whole.createThread('Hello')).id))).length;
      expect(count).toBeGreaterThan(20);

      for (let place = 1; place < count; place++) {
        const api = await createRunHarness(says(say), { tools: [WEATHER] });
        const thread = await api.createThread('Hello');
        const frames = api.streamRun(thread.id);
        const first = await frames.next();
        for (let read = 1; read < place; read++) await frames.next();
        const run = getRunOfEvent(first.value ?? undefined);

        expect((await api.cancelRun(run)).status).toBe(200);
        await collect(frames);
        await api.backend.idle();

        expect((await api.getRun(run)).status).toBe('cancelled');
        expect((await api.listSteps(run)).map(({ status }) => status)).not.toContain('in_progress');
        expect((await api.messages(thread.id)).map(({ status }) => status)).not.toContain(
          'in_progress',
        );
        expect(
          (
            await api.send('POST', `/threads/${thread.id}/messages`, {
              role: 'user',
              content: 'On',
            })
          ).status,
        ).toBe(200);
      }
    },
  );
});

describe('submitToolOutputsToRun', () => {
  async function waiting(...calls: { call: string; id: string }[]) {
    const api = await createRunHarness(says(calls), { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();
    return { api, run };
  }

  test('wants all outputs at once', async () => {
    const { api, run } = await waiting(CALL, SECOND_CALL);

    const response = await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });

    expect(await errorOf(response)).toEqual(
      refusal("Expected tool outputs for call_ids ['call_a', 'call_b'], got ['call_a']"),
    );
    expect((await api.getRun(run)).status).toBe('requires_action');
  });

  test.each([
    ['an unknown call', [OUTPUT, { tool_call_id: 'call_x', output: '' }], "['call_a', 'call_x']"],
    ['the same call twice', [OUTPUT, OUTPUT], "['call_a', 'call_a']"],
    ['nothing', [], '[]'],
  ])('refuses %s', async (_what, outputs, got) => {
    const { api, run } = await waiting(CALL);

    const response = await api.submitToolOutputs(run, { tool_outputs: outputs });

    expect(await errorOf(response)).toEqual(
      refusal(`Expected tool outputs for call_ids ['call_a'], got ${got}`),
    );
  });

  test('refuses an output without the id of its call', async () => {
    const { api, run } = await waiting(CALL);

    const response = await api.submitToolOutputs(run, { tool_outputs: [{ output: '21' }] });

    expect(await errorOf(response)).toMatchObject({
      status: 400,
      error: { param: 'tool_outputs[0].tool_call_id' },
    });
  });

  test('is refused by a run that does not wait', async () => {
    const api = await createRunHarness(says('Hello'));
    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    const response = await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });

    expect(await errorOf(response)).toEqual(
      refusal('Runs in status "completed" do not accept tool outputs.'),
    );
  });

  test('answers the run as queued, and goes on with it', async () => {
    const { api, run } = await waiting(CALL);
    expect((await api.listSteps(run))[0]).toMatchObject({
      status: 'in_progress',
      step_details: { tool_calls: [{ function: { output: null } }] },
    });

    api.advanceTime(5);
    const queued = (await (
      await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] })
    ).json()) as Run;
    await api.backend.idle();

    expect([queued.status, queued.required_action]).toEqual(['queued', null]);
    expect(await api.getRun(run)).toMatchObject({
      status: 'completed',
      started_at: 1_700_000_005,
      expires_at: null,
    });
    expect((await api.listSteps(run))[0]).toMatchObject({
      status: 'completed',
      completed_at: 1_700_000_005,
      step_details: { tool_calls: [{ function: { output: '21' } }] },
    });
  });

  test('may lead to further calls', async () => {
    const model = scriptedModel([
      { say: CALL, after: ({ round }) => (round === 1 ? SECOND_CALL : 'Both are in.') },
    ]);
    const api = await createRunHarness({ model }, { tools: [WEATHER] });
    const thread = await api.createThread('Weather?');
    const run = await api.createRun(thread.id);
    await api.backend.idle();

    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();
    const again = await api.getRun(run);
    await api.submitToolOutputs(run, { tool_outputs: [{ tool_call_id: 'call_b', output: '30' }] });
    await api.backend.idle();

    expect(again.required_action?.submit_tool_outputs.tool_calls.map(({ id }) => id)).toEqual([
      'call_b',
    ]);
    expect(getText((await api.messages(thread.id))[1])).toBe('Both are in.');
    expect((await api.getRun(run)).status).toBe('completed');
  });
});

describe('settings of a run', () => {
  test('are the assistant’s where the request says nothing', async () => {
    const settings = { instructions: 'Be kind.', tools: [WEATHER], temperature: 0.2, top_p: 0.5 };
    const api = await createRunHarness(says('Hello'), settings);

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

  test('are those of the request where it has any', async () => {
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
    const api = await createRunHarness(says('Hello'), {
      instructions: 'Be kind.',
      tools: [WEATHER],
    });

    const run = await api.createRun((await api.createThread('Hello')).id, settings);

    expect(run).toMatchObject(settings);
  });

  test('put additional instructions behind the others', async () => {
    const api = await createRunHarness(says('Hello'), { instructions: 'Be kind.' });

    const run = await api.createRun((await api.createThread('Hello')).id, {
      additional_instructions: 'And brief.',
    });

    expect(run.instructions).toBe('Be kind.\n\nAnd brief.');
  });

  test('add messages in their order before the run', async () => {
    const api = await createRunHarness({
      model: scriptedModel([{ say: ({ said }) => said.join(' | ') }]),
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

  test('show the model the last messages only, when asked to', async () => {
    const api = await createRunHarness({
      model: scriptedModel([{ say: ({ said }) => said.join(' | ') }]),
    });
    const thread = await api.createThread('one', 'two', 'three');

    await api.createRun(thread.id, {
      truncation_strategy: { type: 'last_messages', last_messages: 2 },
    });
    await api.backend.idle();

    expect(getText((await api.messages(thread.id)).at(-1))).toBe('two | three');
  });

  test('cut a run at its max_completion_tokens', async () => {
    const api = await createRunHarness(says('many words '.repeat(200)));

    const run = await api.createRun((await api.createThread('Hello')).id, {
      max_completion_tokens: 256,
    });
    await api.backend.idle();

    expect(await api.getRun(run)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_completion_tokens' },
    });
  });

  test('an unknown assistant or thread is refused', async () => {
    const api = await createRunHarness(says('Hello'));
    const thread = await api.createThread('Hello');

    const assistant = await api.send('POST', `/threads/${thread.id}/runs`, {
      assistant_id: 'asst_x',
    });
    const unknown = await api.send('POST', '/threads/thread_x/runs', {
      assistant_id: api.assistant.id,
    });

    expect((await errorOf(assistant)).error).toMatchObject({
      message: "No assistant found with id 'asst_x'.",
    });
    expect((await errorOf(unknown)).error).toMatchObject({
      message: "No thread found with id 'thread_x'.",
    });
  });
});

describe('usage', () => {
  test('is null until the run is settled, then the sum of its segments', async () => {
    const tokens = (promptTokens: number, completionTokens: number) => ({
      usage: { promptTokens, completionTokens },
    });
    const api = await createRunHarness(says([CALL, tokens(10, 2)], ['Warm.', tokens(20, 3)]), {
      tools: [WEATHER],
    });
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

test('tokens belong to the step that was open when they were told', async () => {
  const tokens = (completionTokens: number): ScriptedLine => ({
    event: { type: 'usage', promptTokens: 0, completionTokens },
  });
  const end: ScriptedLine = { usage: { promptTokens: 0, completionTokens: 0 } };
  const api = await createRunHarness(
    says(['One.', tokens(4), { next: 'message' }, 'Two.', tokens(6), end]),
  );
  const run = await api.createRun((await api.createThread('Hello')).id);
  await api.backend.idle();

  expect((await api.listSteps(run)).map(({ usage }) => usage?.total_tokens)).toEqual([4, 6]);
});

describe('what a model is shown', () => {
  test('is the thread, then what the run has done, once and in its order', async () => {
    const shown: ModelMessage[][] = [];
    const model = scriptedModel(({ round, request }) => {
      shown.push(request.messages);
      return round === 0 ? ['Let me look.', CALL] : 'Warm.';
    });
    const api = await createRunHarness({ model }, { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();

    await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });
    await api.backend.idle();

    expect(shown.map((messages) => messages.map(({ role }) => role))).toEqual([
      ['user'],
      ['user', 'assistant', 'tool-calls', 'tool-outputs'],
    ]);
    expect(shown[1]?.slice(2)).toEqual([
      {
        role: 'tool-calls',
        calls: [{ id: 'call_a', name: 'get_weather', arguments: '{"city":"Paris"}' }],
      },
      { role: 'tool-outputs', outputs: [{ callId: 'call_a', output: '21' }] },
    ]);
  });

  test('are the calls of its own run only', async () => {
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

  test('are the files of the assistant and the thread, and those of each message with it', async () => {
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

    expect(shown).toEqual([{ files: [mine, threads], withMessages: [[attached]] }]);
  });
});

describe('what a model throws', () => {
  test.each(['server_error', 'rate_limit_exceeded', 'invalid_prompt'] as const)(
    '%s is the error of the run',
    async (code) => {
      const api = await createRunHarness(says({ fail: code, message: 'As it happens.' }));

      const run = await api.createRun((await api.createThread('Hello')).id);
      await api.backend.idle();

      expect(await api.getRun(run)).toMatchObject({
        status: 'failed',
        last_error: { code, message: 'As it happens.' },
      });
    },
  );

  test('an error of another kind is a server_error', async () => {
    const model = scriptedModel(() => {
      throw new TypeError('There is no such thing.');
    });
    const api = await createRunHarness({ model });

    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    expect((await api.getRun(run)).last_error).toEqual({
      code: 'server_error',
      message: 'There is no such thing.',
    });
  });

  test('arguments without a call fail the run', async () => {
    const api = await createRunHarness(says({ event: { type: 'arguments', text: '{}' } }));

    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    expect((await api.getRun(run)).status).toBe('failed');
  });
});

describe('files of an answer', () => {
  test('are stored, linked and downloaded', async () => {
    const api = await createRunHarness(
      says(['Here: ', { attach: 'teas.csv', content: 'green,2\n' }, '.']),
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
