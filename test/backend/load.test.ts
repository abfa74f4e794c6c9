import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Model } from '../../src/backend/models/Model.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { isSettled } from '../../src/protocol/runStatus.js';
import { createDeferred } from '../createDeferred.js';
import {
  collect,
  createRunHarness,
  getEventNames,
  getRunOfEvent,
  getText,
  readUntil,
} from './createRunHarness.js';

/** Creates a model that sends this number of words, one by one. */
function createWordModel(count: number): Model {
  return {
    async *respond() {
      for (let index = 0; index < count; index++) yield { type: 'text', text: `word${index} ` };
      yield { type: 'finish', reason: 'stop' };
    },
  };
}

test('100 concurrent runs, streamed and polled, get their own answers', async () => {
  const api = await createRunHarness({
    model: scriptedModel(
      ({ userTexts }) => `You said ${userTexts.at(-1)}. ${'And so on. '.repeat(50)}`,
    ),
  });
  const texts = Array.from({ length: 100 }, (_, index) => `number ${index}`);
  const answers = await Promise.all(
    texts.map(async (text, index) => {
      const thread = await api.createThread(text);
      if (index % 2 === 0) {
        const frames = await collect(api.streamRun(thread.id));
        if (frames.at(-2)?.event !== 'thread.run.completed')
          throw new Error('The stream was interrupted.');
      } else {
        let run = await api.createRun(thread.id);
        while (!isSettled(run.status)) run = await api.getRun(run);
      }
      return getText((await api.messages(thread.id)).at(-1));
    }),
  );
  for (const [index, answer] of answers.entries())
    expect(answer.startsWith(`You said number ${index}. `)).toBe(true);
  await api.backend.idle();
});

test('a client that stops reading does not delay the run, loses no text and takes little memory', async () => {
  const api = await createRunHarness({ model: createWordModel(100_000) });
  const thread = await api.createThread('Continue');
  const frames = api.streamRun(thread.id);
  const read = await readUntil(frames, 'thread.run.in_progress');
  const before = measureHeap();
  await api.backend.idle();
  const run = await api.getRun(getRunOfEvent(read.at(-1)));
  expect(run.status).toBe('completed');
  // The text has 1 MB. A queue of 100,000 events would take about 60 MB.
  expect(measureHeap() - before).toBeLessThan(15_000_000);

  let text = '';
  let deltas = 0;
  for await (const { event, data } of frames) {
    if (event !== 'thread.message.delta') continue;
    deltas += 1;
    text += getDeltaText(data);
  }
  expect(text).toBe(getText((await api.messages(thread.id)).at(-1)));
  expect(deltas).toBeLessThan(1_000);
});

test('runs continue when their clients disconnect while text is streamed', async () => {
  const { promise, resolve } = createDeferred();
  const api = await createRunHarness({
    model: scriptedModel([{ say: ['Well', { hold: promise }, ', done.'] }]),
  });
  const threads = await Promise.all(Array.from({ length: 50 }, () => api.createThread('Hello')));
  const runs = await Promise.all(
    threads.map(async (thread, index) => {
      const controller = new AbortController();
      const frames = api.frames(
        `/threads/${thread.id}/runs`,
        { assistant_id: api.assistant.id, stream: true },
        { signal: controller.signal },
      );
      const read = await readUntil(frames, 'thread.message.delta');
      // Half of the clients abort the request, the others cancel the stream.
      if (index % 2 === 0) controller.abort();
      else await frames.return();
      return getRunOfEvent(read[0]);
    }),
  );
  resolve();
  await api.backend.idle();
  const ended = await Promise.all(runs.map((run) => api.getRun(run)));
  expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['completed']));
  expect(getText((await api.messages(runs[0]?.thread_id ?? '')).at(-1))).toBe('Well, done.');
});

test('cancelling at any moment settles the run and its messages, and unlocks the thread', async () => {
  const api = await createRunHarness({ model: createWordModel(20) });
  const runs = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const thread = await api.createThread('Hello');
      const run = await api.createRun(thread.id);
      // Each run is cancelled one microtask later than the previous one, from its start to after its end.
      for (let turn = 0; turn < index; turn++) await Promise.resolve();
      const responses = await Promise.all([api.cancelRun(run), api.cancelRun(run)]);
      expect(responses.every(({ status }) => status === 200 || status === 400)).toBe(true);
      return run;
    }),
  );
  await api.backend.idle();
  const statuses = new Set<string>();
  for (const run of runs) {
    const { status } = await api.getRun(run);
    statuses.add(status);
    expect(['cancelled', 'completed']).toContain(status);
    const steps = await api.listSteps(run);
    expect(steps.every((step) => step.status === status)).toBe(true);
    const messages = (await api.messages(run.thread_id)).filter(({ role }) => role === 'assistant');
    const expected = status === 'completed' ? 'completed' : 'incomplete';
    expect(messages.every((message) => message.status === expected)).toBe(true);
    const next = await api.send('POST', `/threads/${run.thread_id}/messages`, {
      role: 'user',
      content: 'Again',
    });
    expect(next.status).toBe(200);
  }
  expect(statuses.has('cancelled')).toBe(true);
});

test('either the tool outputs or a concurrent cancellation is accepted, and the run is settled', async () => {
  const api = await createRunHarness(
    { model: scriptedModel([{ say: { call: 'ask' }, after: 'Thank you.' }]) },
    { tools: [{ type: 'function', function: { name: 'ask' } }] },
  );
  const runs = await Promise.all(
    Array.from({ length: 40 }, async () => api.createRun((await api.createThread('Hello')).id)),
  );
  await api.backend.idle();
  for (const [index, run] of runs.entries()) {
    const waiting = await api.getRun(run);
    const id = waiting.required_action?.submit_tool_outputs.tool_calls[0]?.id;
    const submit = () =>
      api.submitToolOutputs(run, { tool_outputs: [{ tool_call_id: id, output: 'yes' }] });
    const [first, second] = await Promise.all(
      index % 2 === 0 ? [submit(), api.cancelRun(run)] : [api.cancelRun(run), submit()],
    );
    const statuses = [first?.status, second?.status];
    expect(statuses).toContain(200);
    expect(statuses.every((status) => status === 200 || status === 400)).toBe(true);
  }
  await api.backend.idle();
  const ended = await Promise.all(runs.map((run) => api.getRun(run)));
  expect(ended.every(({ status }) => status === 'cancelled' || status === 'completed')).toBe(true);
});

test('100 runs expire and unlock their threads, by reads of the run and by new messages', async () => {
  const api = await createRunHarness({
    model: scriptedModel([{ say: ['Well', { stall: true }] }]),
  });
  const streams = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const frames = api.streamRun((await api.createThread('Hello')).id);
      const read = await readUntil(frames, 'thread.message.delta');
      return { frames, run: getRunOfEvent(read[0]) };
    }),
  );
  api.advanceTime(601);
  const results = await Promise.all(
    streams.map(async ({ run }, index) => {
      if (index % 2 === 0) return (await api.getRun(run)).status;
      const response = await api.send('POST', `/threads/${run.thread_id}/messages`, {
        role: 'user',
        content: 'Still there?',
      });
      return response.status;
    }),
  );
  expect(new Set(results)).toEqual(new Set(['expired', 200]));
  const ends = await Promise.all(
    streams.map(async ({ frames }) => getEventNames(await collect(frames)).slice(-2)),
  );
  expect(new Set(ends.map(String))).toEqual(new Set(['thread.run.expired,done']));
  await api.backend.idle();
});

test('runs release their memory when their threads are deleted', async () => {
  const api = await createRunHarness({ model: createWordModel(1_000) });
  const executeRound = async () => {
    for (let index = 0; index < 10; index++) {
      const thread = await api.createThread('Hello');
      await collect(api.streamRun(thread.id));
      await api.json('DELETE', `/threads/${thread.id}`);
    }
    await api.backend.idle();
    return measureHeap();
  };
  await executeRound();
  const before = await executeRound();
  await executeRound();
  // The events of ten runs would take about 6 MB.
  expect((await executeRound()) - before).toBeLessThan(3_000_000);
});

/** Returns the used heap after garbage collection, in bytes. */
function measureHeap(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  return memoryUsage().heapUsed;
}

function getDeltaText(data: unknown): string {
  // Events with this name contain a message delta.
  const { delta } = data as { delta: { content?: { type: string; text?: { value?: string } }[] } };
  return delta.content?.map((part) => part.text?.value ?? '').join('') ?? '';
}
