import { describe, expect, test } from 'vitest';
import type { Model, ModelEvent } from '../../src/backend/models/Model.js';
import { MAX_REASONING_LENGTH } from '../../src/backend/engine/createReasoningWriter.js';
import { EXTENSIONS_HEADER, REASONING_ACCEPT } from '../../src/protocol/extensions.js';
import { mergeReasoning } from '../../src/protocol/mergeReasoning.js';
import type { RunStep, RunStepReasoning, RunStepReasoningDelta } from '../../src/protocol/types.js';
import { createDeferred } from '../createDeferred.js';
import { collect, createRunHarness, type Frame, getText } from './createRunHarness.js';

const REASONING_EVENT = 'thread.run.step.reasoning.delta';
const ASK = { headers: { 'content-type': 'application/json', accept: REASONING_ACCEPT } };

type Line = ModelEvent | { afterMs: number };

const think = (text: string): ModelEvent => ({ type: 'reasoning', text });
const say = (text: string): ModelEvent => ({ type: 'text', text });

/** Creates a harness whose model plays one list of lines for each answer, and whose clock moves with the lines. */
async function createHarness(answers: readonly (readonly Line[])[], options: object = {}) {
  let now = 1_700_000_000_000;
  let index = 0;
  const model: Model = {
    async *respond() {
      const lines = answers[index] ?? [];
      index += 1;
      for (const line of lines) {
        if ('afterMs' in line) now += line.afterMs;
        else yield line;
      }
    },
  };
  const api = await createRunHarness({ model, now: () => now, ...options });
  const thread = await api.createThread('Hello');
  const body = { assistant_id: api.assistant.id, stream: true };
  return {
    api,
    thread,
    stream: (init?: RequestInit) => collect(api.frames(`/threads/${thread.id}/runs`, body, init)),
  };
}

/** Returns the reasoning that the events of a stream add up to, by step. */
function joinReasoning(frames: readonly Frame[]): Map<string, RunStepReasoning> {
  const joined = new Map<string, RunStepReasoning>();
  for (const { event, data } of frames) {
    if (event !== REASONING_EVENT) continue;
    const { id, delta } = data as RunStepReasoningDelta;
    joined.set(id, mergeReasoning(joined.get(id), delta));
  }
  return joined;
}

function findRun(frames: readonly Frame[]) {
  return frames.find(({ event }) => event === 'thread.run.created')?.data as {
    id: string;
    thread_id: string;
  };
}

function listReasoning(steps: readonly RunStep[]): Map<string, RunStepReasoning> {
  return new Map(steps.flatMap(({ id, reasoning }) => (reasoning ? [[id, reasoning]] : [])));
}

describe('reasoning', () => {
  test('is streamed before its step exists, and stored with its duration', async () => {
    const { api, thread, stream } = await createHarness([
      [think('First '), { afterMs: 12_000 }, think('this.'), { afterMs: 400 }, say('Hi.')],
    ]);
    const frames = await stream(ASK);

    const [step] = await api.listSteps(findRun(frames));
    const expected = { text: 'First this.', duration_ms: 12_400 };
    expect(step?.reasoning).toEqual(expected);
    expect([...joinReasoning(frames)]).toEqual([[step?.id, expected]]);
    const events = frames.map(({ event }) => event);
    expect(events.indexOf(REASONING_EVENT)).toBeLessThan(events.indexOf('thread.run.step.created'));
    const message = (await api.messages(thread.id)).at(-1);
    expect(message?.reasoning).toEqual({ step_id: step?.id, duration_ms: 12_400 });
    expect(getText(message)).toBe('Hi.');
  });

  test('belongs to the step that it leads to', async () => {
    const { api, stream } = await createHarness([
      [
        think('Text first.'),
        say('Let me look.'),
        { type: 'message' },
        think('Now the call.'),
        { type: 'toolCall', name: 'get_weather' },
        { type: 'arguments', text: '{}' },
      ],
    ]);
    const frames = await stream(ASK);

    const steps = await api.listSteps(findRun(frames));
    expect(steps.map(({ type, reasoning }) => [type, reasoning?.text])).toEqual([
      ['message_creation', 'Text first.'],
      ['tool_calls', 'Now the call.'],
    ]);
    expect(joinReasoning(frames)).toEqual(listReasoning(steps));
  });

  test('between two texts stays with the message, and its durations add up', async () => {
    const { api, thread, stream } = await createHarness([
      [
        think('a'),
        { afterMs: 1_000 },
        say('One '),
        { afterMs: 5_000 },
        think('b'),
        { afterMs: 500 },
        say('two.'),
      ],
    ]);
    const frames = await stream(ASK);

    const steps = await api.listSteps(findRun(frames));
    expect(steps.map(({ reasoning }) => reasoning)).toEqual([{ text: 'ab', duration_ms: 1_500 }]);
    expect(joinReasoning(frames)).toEqual(listReasoning(steps));
    const message = (await api.messages(thread.id)).at(-1);
    expect([getText(message), message?.reasoning?.duration_ms]).toEqual(['One two.', 1_500]);
  });

  test('after the start of a message is part of its message', async () => {
    const { api, thread, stream } = await createHarness([
      [say('One '), think('late'), say('two.')],
    ]);
    const frames = await stream(ASK);
    const [step] = await api.listSteps(findRun(frames));
    expect(step?.reasoning?.text).toBe('late');
    expect((await api.messages(thread.id)).at(-1)?.reasoning?.step_id).toBe(step?.id);
  });

  test('of an answer that ends without content is stored with a step of its own', async () => {
    const { api, thread, stream } = await createHarness([
      [think('Hm.'), { afterMs: 3_000 }],
      [say('Hello.')],
    ]);
    const frames = await stream(ASK);
    const failed = findRun(frames);
    const steps = await api.listSteps(failed);
    expect(steps).toMatchObject([
      {
        type: 'tool_calls',
        status: 'failed',
        step_details: { tool_calls: [] },
        reasoning: { text: 'Hm.', duration_ms: 3_000 },
      },
    ]);
    expect(joinReasoning(frames)).toEqual(listReasoning(steps));
    expect(frames.slice(-5).map(({ event }) => event)).toEqual([
      'thread.run.step.created',
      'thread.run.step.in_progress',
      'thread.run.step.failed',
      'thread.run.failed',
      'done',
    ]);
    const second = findRun(await stream(ASK));
    expect((await api.listSteps(second)).map(({ reasoning }) => reasoning)).toEqual([undefined]);
    expect((await api.messages(thread.id)).at(-1)).not.toHaveProperty('reasoning');
  });

  test.each([
    [
      'cut off by a limit',
      { type: 'finish', reason: 'max_completion_tokens' },
      'failed',
      'The response was truncated in the middle of its reasoning.',
    ],
    ['filtered', { type: 'finish', reason: 'content_filter' }, 'failed', expect.any(String)],
  ] as const)('that was %s is stored', async (_, finish, status, message) => {
    const { api, stream } = await createHarness([[think('Hm.'), { afterMs: 500 }, finish]]);
    const run = findRun(await stream(ASK));
    expect(await api.listSteps(run)).toMatchObject([
      {
        status,
        last_error: { message: message as string },
        reasoning: { text: 'Hm.', duration_ms: 500 },
      },
    ]);
  });

  test.each([
    ['before the first step', [], 1],
    ['after a step', [say('One.'), { type: 'message' }], 2],
    ['after the start of a message', [say('One.')], 1],
  ] as const)('of a run that is cancelled %s is stored', async (_, lines, stepCount) => {
    const isThinking = createDeferred();
    const model: Model = {
      async *respond({ signal }) {
        yield* lines;
        yield think('Hm.');
        isThinking.resolve();
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      },
    };
    const api = await createRunHarness({ model });
    const { id: threadId } = await api.createThread('Hello');
    const created = await api.send('POST', `/threads/${threadId}/runs`, {
      assistant_id: api.assistant.id,
    });
    const { id } = (await created.json()) as { id: string };
    await isThinking.promise;
    await api.send('POST', `/threads/${threadId}/runs/${id}/cancel`, {});
    await api.backend.idle();
    const steps = await api.listSteps({ id, thread_id: threadId });
    expect(steps).toHaveLength(stepCount);
    expect(steps.at(-1)).toMatchObject({
      status: 'cancelled',
      reasoning: { text: 'Hm.', duration_ms: expect.any(Number) as number },
    });
  });

  test('longer than the limit is cut between characters, in the store and in the stream', async () => {
    const fill = 'x'.repeat(MAX_REASONING_LENGTH - 1);
    const { api, stream } = await createHarness([
      [think(fill), think('😀 and more'), think('even more'), say('Hi.')],
    ]);
    const frames = await stream(ASK);
    const [step] = await api.listSteps(findRun(frames));
    expect(step?.reasoning).toEqual({ text: fill, duration_ms: 0, truncated: true });
    expect([...joinReasoning(frames).values()]).toEqual([step?.reasoning]);
  });

  test('can be continued and read again as a stream, with merged pieces', async () => {
    const pieces = Array.from({ length: 1_000 }, (_, index) => `${index} `);
    const { api, stream } = await createHarness([[...pieces.map(think), say('Hi.')]]);
    const frames = await stream(ASK);
    const run = findRun(frames);

    const again = await collect(api.rejoinRun(run, 0, ASK));
    expect([...joinReasoning(again).values()][0]?.text).toBe(pieces.join(''));
    expect(again.length).toBeLessThan(frames.length + 1);
    const [step] = await api.listSteps(run);
    const middle = frames.find(({ event, id = 0 }) => event === REASONING_EVENT && id > 500);
    const rest = await collect(api.rejoinRun(run, middle?.id ?? 0, ASK));
    const seen = frames.slice(
      0,
      frames.indexOf(middle ?? frames[0] ?? { event: '', data: '' }) + 1,
    );
    expect(joinReasoning([...seen, ...rest])).toEqual(listReasoning(step ? [step] : []));
  });
});

describe('clients that do not ask for reasoning', () => {
  test.each(['text/event-stream', 'text/event-stream, application/json', '*/*'])(
    'get a stream without it for accept: %s',
    async (accept) => {
      const { stream } = await createHarness([[think('Hm.'), say('Hi.'), think('Ha.')]]);
      const frames = await stream({ headers: { 'content-type': 'application/json', accept } });
      const events = frames.map(({ event }) => event);
      expect(events).not.toContain(REASONING_EVENT);
      expect(events.slice(-2)).toEqual(['thread.run.completed', 'done']);
    },
  );
});

describe('a backend without reasoning', () => {
  test('neither stores nor streams it, and does not announce it', async () => {
    const { api, thread, stream } = await createHarness([[think('Hm.'), say('Hi.')]], {
      reasoning: false,
    });
    const frames = await stream(ASK);
    expect(JSON.stringify(frames)).not.toContain('Hm.');
    expect(joinReasoning(frames).size).toBe(0);
    const [step] = await api.listSteps(findRun(frames));
    expect(step).not.toHaveProperty('reasoning');
    expect((await api.messages(thread.id)).at(-1)).not.toHaveProperty('reasoning');
    const response = await api.send('GET', `/threads/${thread.id}`);
    expect(response.headers.get(EXTENSIONS_HEADER)).not.toContain('reasoning');
  });

  test('is not the default', async () => {
    const { api, thread } = await createHarness([]);
    const response = await api.send('GET', `/threads/${thread.id}`);
    expect(response.headers.get(EXTENSIONS_HEADER)).toContain('reasoning');
  });
});
