import { describe, expect, test } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { MessageDelta, Run } from '../../src/protocol/types.js';
import {
  collect,
  createRunHarness,
  type Frame,
  getRunOfEvent,
  getText,
  readUntil,
} from './createRunHarness.js';
import { readError } from './runFixtures.js';

const WORDS = 'One two three four five six seven.';
const TOOLS = { tools: [{ type: 'function', function: { name: 'ask' } }] };
const model = scriptedModel([
  { when: 'call', say: [{ call: 'ask' }], after: WORDS },
  { when: 'stall', say: ['Well', { stall: true }] },
  { say: WORDS },
]);

const createHarness = () => createRunHarness({ model }, TOOLS);

function findRun(frames: readonly Frame[]): Run {
  return getRunOfEvent(frames.find(({ event }) => event === 'thread.run.created'));
}

/** Returns the text that the deltas of a stream add up to. */
function joinDeltas(frames: readonly Frame[]): string {
  return frames
    .filter(({ event }) => event === 'thread.message.delta')
    .flatMap(({ data }) => (data as MessageDelta).delta.content ?? [])
    .map((part) => (part.type === 'text' ? (part.text?.value ?? '') : ''))
    .join('');
}

describe('frames', () => {
  test('of every stream carry consecutive ids', async () => {
    const api = await createHarness();
    const thread = await api.createThread('call');
    const first = await collect(api.streamRun(thread.id));
    const run = findRun(first);
    const calls = (await api.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    const second = await collect(
      api.frames(`/threads/${thread.id}/runs/${run.id}/submit_tool_outputs`, {
        tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'x' })),
        stream: true,
      }),
    );

    const ids = [...first, ...second].filter(({ event }) => event !== 'done').map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect([first.at(-1)?.id, second.at(-1)?.id]).toEqual([first.at(-2)?.id, second.at(-2)?.id]);
  });

  test('start with the created thread in createThreadAndRun', async () => {
    const api = await createHarness();
    const frames = await collect(
      api.frames('/threads/runs', { assistant_id: api.assistant.id, stream: true }),
    );

    expect(frames[0]).toMatchObject({ id: 1, event: 'thread.created' });
    expect(await collect(api.rejoinRun(findRun(frames), 0))).toEqual(frames);
  });
});

describe('getRun with stream=true', () => {
  test.each(['v1', 'v2'])(
    'gives the rest of a settled run after each event, in %s',
    async (version) => {
      const api = await createHarness();
      const headers = { 'openai-beta': `assistants=${version}` };
      const frames = await collect(api.streamRun((await api.createThread('Hello')).id));
      const run = findRun(frames);
      const all = await collect(api.rejoinRun(run, 0, { headers }));

      expect(all.map(({ event, id }) => [event, id])).toEqual(
        frames.map(({ event, id }) => [event, id]),
      );
      for (const [index, { id = 0 }] of all.slice(0, -1).entries())
        expect(await collect(api.rejoinRun(run, id, { headers }))).toEqual(
          // After the last event there is nothing to add, not even `done`.
          index === all.length - 2 ? [] : all.slice(index + 1),
        );
    },
  );

  test('gives two readers of a growing answer the same text', async () => {
    const api = await createHarness();
    const frames = api.streamRun((await api.createThread('Hello')).id);
    const start = await readUntil(frames, 'thread.message.delta');
    const run = findRun(start);
    const [rest, second, third] = await Promise.all([
      collect(frames),
      collect(api.rejoinRun(run, 0)),
      collect(api.rejoinRun(run, start.at(-1)?.id ?? 0)),
    ]);

    const text = getText((await api.messages(run.thread_id)).at(-1));
    expect(joinDeltas([...start, ...rest])).toBe(text);
    expect(joinDeltas(second)).toBe(text);
    expect(joinDeltas([...start, ...third])).toBe(text);
  });

  test('waits for the next segment of a run that requires action', async () => {
    const api = await createHarness();
    const thread = await api.createThread('call');
    const frames = await collect(api.streamRun(thread.id));
    const run = findRun(frames);
    const last = frames.at(-1)?.id ?? 0;
    const waiting = collect(api.rejoinRun(run, last));
    const calls = (await api.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    await api.submitToolOutputs(run, {
      tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'x' })),
    });

    const resumed = await waiting;
    expect(resumed[0]).toMatchObject({ event: 'thread.run.step.completed', id: last + 1 });
    expect(joinDeltas(resumed)).toBe(WORDS);
    expect(resumed.at(-2)?.event).toBe('thread.run.completed');
  });

  test('ends when the run is cancelled', async () => {
    const api = await createHarness();
    const frames = api.streamRun((await api.createThread('stall')).id);
    const run = findRun(await readUntil(frames, 'thread.message.delta'));
    const rejoined = collect(api.rejoinRun(run, 0));
    await api.cancelRun(run);

    expect((await rejoined).at(-2)?.event).toBe('thread.run.cancelled');
  });

  test('ends without done when the thread is deleted', async () => {
    const api = await createHarness();
    const frames = api.streamRun((await api.createThread('stall')).id);
    const run = findRun(await readUntil(frames, 'thread.message.delta'));
    const rejoined = collect(api.rejoinRun(run, 0));
    await api.json('DELETE', `/threads/${run.thread_id}`);

    expect((await rejoined).map(({ event }) => event)).not.toContain('done');
  });

  test.each([
    ['an event that does not exist yet', 10_000, 410, 'events_expired'],
    ['a negative number', -1, 400, null],
    ['a fraction', 1.5, 400, null],
  ])('refuses %s', async (_, after, status, code) => {
    const api = await createHarness();
    const run = findRun(await collect(api.streamRun((await api.createThread('Hello')).id)));
    const path = `/threads/${run.thread_id}/runs/${run.id}?stream=true&starting_after=${after}`;

    expect(await readError(await api.send('GET', path))).toMatchObject({ status, error: { code } });
  });
});

test('every response announces the extensions', async () => {
  const api = await createHarness();

  for (const path of ['/assistants', '/threads/thread_missing'])
    expect((await api.send('GET', path)).headers.get('x-assistants-extensions')).toBe(
      'idempotency-key, list-threads, run-events, reasoning',
    );
});
