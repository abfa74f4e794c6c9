import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Model } from '../../src/backend/models/model.js';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import { createDeferred } from '../createDeferred.js';
import {
  collect,
  getEventNames,
  readUntil,
  getRunOfEvent,
  createRunHarness,
  getText,
} from './createRunHarness.js';

/** Enough for any machine; what hangs or grows with the square of something takes longer. */
const PATIENCE_MS = 30_000;

/** Says so many words, one at a time. */
function words(count: number): Model {
  return {
    async *respond() {
      for (let index = 0; index < count; index++) yield { type: 'text', text: `word${index} ` };
      yield { type: 'finish', reason: 'stop' };
    },
  };
}

test(
  '100 runs at once, streamed and polled, each with its own words',
  { timeout: PATIENCE_MS },
  async () => {
    const api = await createRunHarness({
      model: scriptedModel(({ said }) => `You said ${said.at(-1)}. ${'And so on. '.repeat(50)}`),
    });
    const texts = Array.from({ length: 100 }, (_, index) => `number ${index}`);
    const answers = await Promise.all(
      texts.map(async (text, index) => {
        const thread = await api.createThread(text);
        if (index % 2 === 0) {
          const frames = await collect(api.streamRun(thread.id));
          if (frames.at(-2)?.event !== 'thread.run.completed')
            throw new Error('The stream was cut.');
        } else {
          let run = await api.createRun(thread.id);
          while (run.status !== 'completed') run = await api.getRun(run);
        }
        return getText((await api.messages(thread.id)).at(-1));
      }),
    );
    for (const [index, answer] of answers.entries())
      expect(answer.startsWith(`You said number ${index}. `)).toBe(true);
    await api.backend.idle();
  },
);

test(
  'a reader that does not read holds up neither the run nor much memory, and misses no word',
  { timeout: PATIENCE_MS },
  async () => {
    const count = 100_000;
    const api = await createRunHarness({ model: words(count) });
    const thread = await api.createThread('Go on');
    const frames = api.streamRun(thread.id);
    const read = await readUntil(frames, 'thread.run.in_progress');
    const before = keptBytes();
    await api.backend.idle();
    const run = await api.getRun(getRunOfEvent(read.at(-1)));
    expect(run.status).toBe('completed');
    // The text is 1 MB; a queue of 100,000 events would take some 60 MB.
    expect(keptBytes() - before).toBeLessThan(15_000_000);

    let text = '';
    let deltas = 0;
    for await (const { event, data } of frames) {
      if (event !== 'thread.message.delta') continue;
      deltas += 1;
      text += textOfDelta(data);
    }
    expect(text).toBe(getText((await api.messages(thread.id)).at(-1)));
    expect(deltas).toBeLessThan(1_000);
  },
);

test(
  'readers that leave in the middle leave the run going on, and nothing behind',
  { timeout: PATIENCE_MS },
  async () => {
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
        // Some hang up, the others stop to read.
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
  },
);

test(
  'cancels that race with the end leave every run settled, its message with it, and its thread free',
  { timeout: PATIENCE_MS },
  async () => {
    const api = await createRunHarness({ model: words(20) });
    const settled = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const thread = await api.createThread('Hello');
        const run = await api.createRun(thread.id);
        // So many turns later, from the first moment of the run to after its last.
        for (let turn = 0; turn < index; turn++) await Promise.resolve();
        const responses = await Promise.all([api.cancelRun(run), api.cancelRun(run)]);
        expect(responses.every(({ status }) => status === 200 || status === 400)).toBe(true);
        return run;
      }),
    );
    await api.backend.idle();
    const seen = new Set<string>();
    for (const run of settled) {
      const { status } = await api.getRun(run);
      seen.add(status);
      expect(['cancelled', 'completed']).toContain(status);
      const steps = await api.listSteps(run);
      expect(steps.every((step) => step.status === status)).toBe(true);
      const written = (await api.messages(run.thread_id)).filter(
        ({ role }) => role === 'assistant',
      );
      expect(
        written.every(
          (message) => message.status === (status === 'completed' ? 'completed' : 'incomplete'),
        ),
      ).toBe(true);
      const free = await api.send('POST', `/threads/${run.thread_id}/messages`, {
        role: 'user',
        content: 'Again',
      });
      expect(free.status).toBe(200);
    }
    expect(seen.has('cancelled')).toBe(true);
  },
);

test(
  'outputs that race with a cancel: one of the two wins, and the run is settled',
  { timeout: PATIENCE_MS },
  async () => {
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
    expect(ended.every(({ status }) => status === 'cancelled' || status === 'completed')).toBe(
      true,
    );
  },
);

test(
  'runs that are due expire together, whoever asks first, and free their threads',
  { timeout: PATIENCE_MS },
  async () => {
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
    const asked = await Promise.all(
      streams.map(async ({ run }, index) => {
        if (index % 2 === 0) return (await api.getRun(run)).status;
        const response = await api.send('POST', `/threads/${run.thread_id}/messages`, {
          role: 'user',
          content: 'Still there?',
        });
        return response.status;
      }),
    );
    expect(new Set(asked)).toEqual(new Set(['expired', 200]));
    const ends = await Promise.all(
      streams.map(async ({ frames }) => getEventNames(await collect(frames)).slice(-2)),
    );
    expect(new Set(ends.map(String))).toEqual(new Set(['thread.run.expired,done']));
    await api.backend.idle();
  },
);

test(
  'runs leave no memory behind once their threads are deleted',
  { timeout: PATIENCE_MS },
  async () => {
    const api = await createRunHarness({ model: words(1_000) });
    const round = async () => {
      for (let index = 0; index < 10; index++) {
        const thread = await api.createThread('Hello');
        await collect(api.streamRun(thread.id));
        await api.json('DELETE', `/threads/${thread.id}`);
      }
      await api.backend.idle();
      return keptBytes();
    };
    await round();
    const early = await round();
    await round();
    // The events of ten runs would take some 6 MB.
    expect((await round()) - early).toBeLessThan(3_000_000);
  },
);

/** What is still held once all garbage is gone. */
function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return memoryUsage().heapUsed;
}

function textOfDelta(data: unknown): string {
  // Frames of this name hold a delta of a message.
  const { delta } = data as { delta: { content?: { type: string; text?: { value?: string } }[] } };
  return delta.content?.map((part) => part.text?.value ?? '').join('') ?? '';
}
