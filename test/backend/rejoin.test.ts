import { describe, expect, test } from 'vitest';
import { scriptedModel } from '../../src/backend/models/scripted/scriptedModel.js';
import type { Model } from '../../src/backend/models/Model.js';
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

describe('a second reader', () => {
  /** Reads the frames of a stream as the server sends them. */
  async function* readRawFrames(response: Response): AsyncGenerator<string, void, void> {
    const decoder = new TextDecoder();
    let buffer = '';
    for await (const chunk of response.body ?? []) {
      buffer += decoder.decode(chunk, { stream: true });
      const frames = buffer.split('\n\n');
      buffer = frames.pop() ?? '';
      for (const frame of frames) yield `${frame}\n\n`;
    }
    expect(buffer).toBe('');
  }

  /** Writes a word whenever the test has read one, so that the second reader joins a growing answer. */
  function createPacedModel() {
    let wake = () => {};
    const paced: Model = {
      async *respond({ turns }) {
        yield { type: 'reasoning', text: 'Well' };
        for (const word of ['Ein ', 'wörtchen 👋 ', 'noch'].map((each) => each + turns.length)) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          yield { type: 'text', text: word };
        }
        if (turns.length === 0) yield { type: 'toolCall', name: 'ask' };
      },
    };
    return { model: paced, write: () => wake() };
  }

  test.each(['v1', 'v2'])(
    'gets the same bytes as the first after any event, in %s',
    async (version) => {
      const paced = createPacedModel();
      const api = await createRunHarness({ model: paced.model }, TOOLS);
      const headers = {
        'openai-beta': `assistants=${version}`,
        'content-type': 'application/json',
      };
      const thread = await api.createThread('Hello');
      let path = `/threads/${thread.id}/runs`;

      /** Reads a stream, and joins the run after each of its frames. Compares them with what follows in the stream. */
      async function readWithOthers(response: Response): Promise<void> {
        const frames: string[] = [];
        const others: { after: number; text: Promise<string> }[] = [];
        const join = async (after: number) => {
          const query = `?stream=true&starting_after=${after}`;
          const joined = await api.send('GET', `${path}${query}`, undefined, { headers });
          others.push({ after: frames.length, text: joined.text() });
        };
        for await (const frame of readRawFrames(response)) {
          if (frames.length === 0 && path.endsWith('/runs'))
            path += `/${/"id":"(run_\w+)"/.exec(frame)?.[1]}`;
          const id = Number(/^id: (\d+)$/m.exec(frame)?.[1]);
          if (frames.length === 0) await join(id - 1);
          frames.push(frame);
          if (!frame.startsWith('event: done')) await join(id);
          paced.write();
        }
        // The last reader has joined after the end, and may wait for the next segment.
        for (const { after, text } of others.slice(0, -1))
          expect(await text).toBe(frames.slice(after).join(''));
        expect(others.length).toBeGreaterThan(8);
      }

      const body = { assistant_id: api.assistant.id, stream: true };
      await readWithOthers(
        await api.send('POST', path, undefined, { headers, body: JSON.stringify(body) }),
      );
      const run = await api.json<Run>('GET', path);
      const calls = run.required_action?.submit_tool_outputs.tool_calls ?? [];
      const outputs = {
        tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'x' })),
        stream: true,
      };
      await readWithOthers(
        await api.send('POST', `${path}/submit_tool_outputs`, undefined, {
          headers,
          body: JSON.stringify(outputs),
        }),
      );
      expect((await api.getRun(run)).status).toBe('completed');
    },
  );

  test('that is far behind gets the same text in fewer frames', async () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `${index} `);
    const api = await createRunHarness({ model: scriptedModel([{ say: words }]) });
    const frames = await collect(api.streamRun((await api.createThread('Hello')).id));
    const run = findRun(frames);
    for (const after of [0, 7, 700, 1_999]) {
      const joined = await collect(api.rejoinRun(run, after));
      const first = frames.filter(({ id = 0 }) => id <= after);
      expect(joinDeltas([...first, ...joined])).toBe(words.join(''));
      expect(joined.length).toBeLessThan(300);
    }
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

  test('starts with the newest segment without starting_after', async () => {
    const api = await createHarness();
    const thread = await api.createThread('call');
    const first = await collect(api.streamRun(thread.id));
    const run = findRun(first);
    const path = `/threads/${thread.id}/runs/${run.id}?stream=true`;
    expect(await (await api.send('GET', path)).text()).toBe(
      await (await api.send('GET', `${path}&starting_after=0`)).text(),
    );
    const calls = (await api.getRun(run)).required_action?.submit_tool_outputs.tool_calls ?? [];
    await api.submitToolOutputs(run, {
      tool_outputs: calls.map(({ id }) => ({ tool_call_id: id, output: 'x' })),
    });

    expect(await (await api.send('GET', path)).text()).toBe(
      await (await api.send('GET', `${path}&starting_after=${first.at(-1)?.id}`)).text(),
    );
  });

  test('does not have the events of a run that has ended ten minutes ago', async () => {
    const api = await createHarness();
    const run = findRun(await collect(api.streamRun((await api.createThread('Hello')).id)));
    const path = `/threads/${run.thread_id}/runs/${run.id}?stream=true`;
    api.advanceTime(599);
    expect((await api.send('GET', path)).status).toBe(200);
    api.advanceTime(1);
    for (const query of ['', '&starting_after=0', '&starting_after=5'])
      expect(await readError(await api.send('GET', path + query))).toMatchObject({
        status: 410,
        error: { code: 'events_expired', message: expect.stringContaining('Get the run without') },
      });
    expect((await api.getRun(run)).status).toBe('completed');
  });

  test.each([
    ['an event that does not exist yet', 10_000, 410, 'events_expired'],
    ['a number that is too large for an event', '9007199254740993', 410, 'events_expired'],
    ['a number of any length', '9'.repeat(400), 410, 'events_expired'],
    ['a negative number', -1, 400, null],
    ['a fraction', 1.5, 400, null],
    ['an exponent', '1e3', 400, null],
    ['an empty text', '', 400, null],
    ['a word', 'abc', 400, null],
    ['other digits', '١٢', 400, null],
    ['a control character', '1%00', 400, null],
    ['a number with a space', '%201', 400, null],
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
      'idempotency-key, list-threads, run-events, usage, reasoning',
    );
});
