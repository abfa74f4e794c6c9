import { describe, expect, test } from 'vitest';
import type { ScriptedLines } from '../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { memoryStore } from '../../src/backend/stores/memoryStore.js';
import type { Store } from '../../src/backend/stores/Store.js';
import { StoreError } from '../../src/backend/stores/StoreError.js';
import type { Run } from '../../src/protocol/types.js';
import { createDeferred } from '../createDeferred.js';
import {
  collect,
  createRunHarness,
  getEventNames,
  getRunOfEvent,
  getText,
  readUntil,
} from './createRunHarness.js';
import {
  answerWith,
  badRequest,
  CALL,
  COMPLETES,
  OUTPUT,
  readError,
  SECOND_CALL,
  WEATHER,
} from './runFixtures.js';

describe('an active run', () => {
  test('shows its growing text to polls', async () => {
    const release = createDeferred();
    const api = await createRunHarness(answerWith(['Half of ', { hold: release.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    await readUntil(frames, 'thread.message.delta');
    await readUntil(frames, 'thread.message.delta');

    const [, halfway] = await api.messages(thread.id);
    release.resolve();
    await collect(frames);
    const [, finished] = await api.messages(thread.id);

    expect([halfway?.status, getText(halfway)]).toEqual(['in_progress', 'Half of ']);
    expect([finished?.status, getText(finished)]).toEqual(['completed', 'Half of it.']);
  });

  test('continues when its client stops reading', async () => {
    const release = createDeferred();
    const api = await createRunHarness(answerWith(['Half of ', { hold: release.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    await readUntil(frames, 'thread.message.delta');

    await frames.return();
    release.resolve();
    await api.backend.idle();

    expect(getText((await api.messages(thread.id))[1])).toBe('Half of it.');
  });

  test('continues when its request is aborted', async () => {
    const release = createDeferred();
    const api = await createRunHarness(answerWith(['Half of ', { hold: release.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const controller = new AbortController();
    const body = { assistant_id: api.assistant.id, stream: true };
    const frames = api.frames(`/threads/${thread.id}/runs`, body, { signal: controller.signal });
    await readUntil(frames, 'thread.message.delta');

    controller.abort();
    await expect(collect(frames)).rejects.toThrow(/abort/i);
    release.resolve();
    await api.backend.idle();

    expect(getText((await api.messages(thread.id))[1])).toBe('Half of it.');
  });

  test('keeps metadata that is changed while it writes', async () => {
    const release = createDeferred();
    const api = await createRunHarness(answerWith(['Half of ', { hold: release.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const read = await readUntil(frames, 'thread.message.delta');
    const run = getRunOfEvent(read[0]);
    const [, message] = await api.messages(thread.id);

    await api.json('POST', `/threads/${thread.id}/messages/${message?.id}`, {
      metadata: { kept: 'message' },
    });
    await api.json('POST', `/threads/${thread.id}/runs/${run.id}`, { metadata: { kept: 'run' } });
    release.resolve();
    const after = await collect(frames);

    expect(after.at(-2)?.data).toMatchObject({ status: 'completed', metadata: { kept: 'run' } });
    expect((await api.messages(thread.id))[1]).toMatchObject({
      metadata: { kept: 'message' },
      content: [{ text: { value: 'Half of it.' } }],
    });
  });

  test('does not restore a message that is deleted while it is written', async () => {
    const release = createDeferred();
    const api = await createRunHarness(answerWith(['Half of ', { hold: release.promise }, 'it.']));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    await readUntil(frames, 'thread.message.delta');
    const [, message] = await api.messages(thread.id);

    await api.json('DELETE', `/threads/${thread.id}/messages/${message?.id}`);
    release.resolve();
    const after = await collect(frames);

    expect(getEventNames(after).slice(-2)).toEqual(COMPLETES);
    expect((await api.messages(thread.id)).map((kept) => getText(kept))).toEqual(['Hello']);
  });

  test('ends with its stream when its thread is deleted', async () => {
    const api = await createRunHarness(answerWith(['Half of ', { stall: true }]));
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

  test('does not affect 100 concurrent runs', async () => {
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
  test('includes the time that a run waits for tool outputs', async () => {
    const api = await createRunHarness(answerWith(CALL), { tools: [WEATHER] });
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
  ] as const)('does not prevent reading if it cannot be stored: %s', async (reason, status) => {
    const store = memoryStore();
    let isRejecting = false;
    const rejecting: Store = {
      ...store,
      write: (changes) =>
        isRejecting ? Promise.reject(new StoreError(reason, 'No.')) : store.write(changes),
    };
    const api = await createRunHarness(
      { ...answerWith(CALL), store: rejecting, onError: () => {} },
      { tools: [WEATHER] },
    );
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();
    isRejecting = true;
    api.advanceTime(600);

    expect((await api.getRun(run)).status).toBe('requires_action');
    expect(await api.listSteps(run)).toHaveLength(1);
    expect((await api.send('GET', `/threads/${run.thread_id}/runs`)).status).toBe(200);
    expect((await api.cancelRun(run)).status).toBe(status);
    isRejecting = false;
    expect((await api.getRun(run)).status).toBe('expired');
  });

  test('rejects tool outputs that are submitted too late', async () => {
    const api = await createRunHarness(answerWith(CALL), { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();

    api.advanceTime(600);
    const response = await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });

    expect(await readError(response)).toEqual(
      badRequest('Runs in status "expired" do not accept tool outputs.'),
    );
  });

  test('unlocks the thread without a request for the run', async () => {
    const api = await createRunHarness(answerWith(CALL), { tools: [WEATHER] });
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

  test('is visible in the list of runs', async () => {
    const api = await createRunHarness(answerWith(CALL), { tools: [WEATHER] });
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
    ['in_progress', ['Well', { stall: true }] satisfies ScriptedLines],
    ['requires_action', CALL],
  ])('is held while a run is %s', async (status, say) => {
    const api = await createRunHarness(answerWith(say), { tools: [WEATHER] });
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

    expect(await readError(message)).toEqual(
      badRequest(`Can't add messages to ${thread.id} while a run ${id} is active.`),
    );
    expect(await readError(run)).toEqual(
      badRequest(`Thread ${thread.id} already has an active run ${id}.`),
    );
    expect(metadata.status).toBe(200);
  });

  test('accepts one of two concurrent runs', async () => {
    const api = await createRunHarness(answerWith('Hello'));
    const thread = await api.createThread('Hello');
    const body = { assistant_id: api.assistant.id };

    const responses = await Promise.all(
      [1, 2].map(() => api.send('POST', `/threads/${thread.id}/runs`, body)),
    );

    expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  });

  test.each<[string, ScriptedLines]>([
    ['completed', 'Well'],
    ['failed', { fail: 'server_error' }],
    ['incomplete', { cut: 'max_prompt_tokens' }],
  ])('is released when a run is %s', async (status, say) => {
    const api = await createRunHarness(answerWith(say));
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
  test('is accepted for a queued run', async () => {
    const api = await createRunHarness(answerWith('Hello'));
    const thread = await api.createThread('Hello');
    const run = await api.createRun(thread.id);

    expect(run.status).toBe('queued');
    expect((await api.cancelRun(run)).status).toBe(200);
    await api.backend.idle();
    expect(['cancelled', 'completed']).toContain((await api.getRun(run)).status);
  });

  test('is accepted in requires_action, and cancels the step of the calls', async () => {
    const api = await createRunHarness(answerWith(CALL), { tools: [WEATHER] });
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

  test('is rejected for a settled run', async () => {
    const api = await createRunHarness(answerWith('Hello'));
    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    const response = await api.cancelRun(run);

    expect(await readError(response)).toEqual(
      badRequest("Cannot cancel run with status 'completed'."),
    );
  });

  test('is accepted once for concurrent requests', async () => {
    const api = await createRunHarness(answerWith(['Well', { stall: true }]));
    const thread = await api.createThread('Hello');
    const frames = api.streamRun(thread.id);
    const [created] = await readUntil(frames, 'thread.message.delta');

    const responses = await Promise.all([1, 2, 3].map(() => api.cancelRun(getRunOfEvent(created))));

    expect(responses.map(({ status }) => status)).toEqual([200, 400, 400]);
  });

  test('settles the run, its steps and messages, and unlocks the thread, at every event', async () => {
    const say: ScriptedLines = ['Let me look. ', { next: 'message' }, 'Now', CALL, SECOND_CALL];
    const whole = await createRunHarness(answerWith(say), { tools: [WEATHER] });
    const count = (await collect(whole.streamRun((await whole.createThread('Hello')).id))).length;
    expect(count).toBeGreaterThan(20);

    for (let place = 1; place < count; place++) {
      const api = await createRunHarness(answerWith(say), { tools: [WEATHER] });
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
  });
});

describe('submitToolOutputsToRun', () => {
  async function waiting(...calls: { call: string; id: string }[]) {
    const api = await createRunHarness(answerWith(calls), { tools: [WEATHER] });
    const run = await api.createRun((await api.createThread('Weather?')).id);
    await api.backend.idle();
    return { api, run };
  }

  test('requires all outputs at once', async () => {
    const { api, run } = await waiting(CALL, SECOND_CALL);

    const response = await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });

    expect(await readError(response)).toEqual(
      badRequest("Expected tool outputs for call_ids ['call_a', 'call_b'], got ['call_a']"),
    );
    expect((await api.getRun(run)).status).toBe('requires_action');
  });

  test.each([
    ['an unknown call', [OUTPUT, { tool_call_id: 'call_x', output: '' }], "['call_a', 'call_x']"],
    ['the same call twice', [OUTPUT, OUTPUT], "['call_a', 'call_a']"],
    ['nothing', [], '[]'],
  ])('rejects %s', async (_name, outputs, actual) => {
    const { api, run } = await waiting(CALL);

    const response = await api.submitToolOutputs(run, { tool_outputs: outputs });

    expect(await readError(response)).toEqual(
      badRequest(`Expected tool outputs for call_ids ['call_a'], got ${actual}`),
    );
  });

  test('rejects an output without a call id', async () => {
    const { api, run } = await waiting(CALL);

    const response = await api.submitToolOutputs(run, { tool_outputs: [{ output: '21' }] });

    expect(await readError(response)).toMatchObject({
      status: 400,
      error: { param: 'tool_outputs[0].tool_call_id' },
    });
  });

  test('is rejected by a run that is not in requires_action', async () => {
    const api = await createRunHarness(answerWith('Hello'));
    const run = await api.createRun((await api.createThread('Hello')).id);
    await api.backend.idle();

    const response = await api.submitToolOutputs(run, { tool_outputs: [OUTPUT] });

    expect(await readError(response)).toEqual(
      badRequest('Runs in status "completed" do not accept tool outputs.'),
    );
  });

  test('returns the run as queued and resumes it', async () => {
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

  test('can lead to further calls', async () => {
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
