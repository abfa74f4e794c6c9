import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  ModelError,
  type ModelEvent,
  type ModelMessage,
  type ModelRequest,
} from '../../../src/backend/models/Model.js';
import type { ScriptedScenario } from '../../../src/backend/models/scripted/findReply.js';
import type { PlayOptions } from '../../../src/backend/models/scripted/play.js';
import type { ScriptedLine } from '../../../src/backend/models/scripted/ScriptedLine.js';
import { scriptedModel } from '../../../src/backend/models/scripted/scriptedModel.js';
import { collect } from '../createRunHarness.js';
import { createModelRequest, joinText } from './createModelRequest.js';

afterEach(() => {
  vi.useRealTimers();
});

function respond(
  scenario: ScriptedScenario,
  request: ModelRequest = createModelRequest('Hello'),
  options: PlayOptions = {},
) {
  return collect(scriptedModel(scenario, options).respond(request));
}

const play = (...say: ScriptedLine[]) => respond([{ say }]);

/** Removes the usage and finish events, which every answer has. */
function withoutEnd(events: readonly ModelEvent[]): ModelEvent[] {
  return events.filter(({ type }) => type !== 'usage' && type !== 'finish');
}

describe('rules', () => {
  const scenario: ScriptedScenario = [
    { when: /weather/gi, say: 'Sunny.' },
    { when: 'HELLO', say: 'Hello to you.' },
    { when: ({ text }) => text.length > 100, say: 'That is long.' },
    { say: ({ text }) => `You said ${text}` },
  ];

  test.each([
    ['a pattern', 'How is the weather?', 'Sunny.'],
    ['a string, in any case', 'well, hello there', 'Hello to you.'],
    ['a function', 'x'.repeat(101), 'That is long.'],
    ['a rule without a condition', 'Something else', 'You said Something else'],
  ])('are selected by %s', async (_condition, text, answer) => {
    expect(joinText(await respond(scenario, createModelRequest(text)))).toBe(answer);
    expect(joinText(await respond(scenario, createModelRequest(text)))).toBe(answer);
  });

  test('report that no rule matches', async () => {
    expect(joinText(await respond([]))).toMatch(/no answer/);
  });

  const outputs: ModelMessage[] = [
    {
      role: 'tool-calls',
      calls: [{ id: 'call_a', name: 'get_weather', arguments: '{"city":"Paris"}' }],
    },
    { role: 'tool-outputs', outputs: [{ callId: 'call_a', output: '21' }] },
  ];

  test('answer outputs with `after`', async () => {
    const rules: ScriptedScenario = [
      {
        when: 'weather',
        say: { call: 'get_weather' },
        after: ({ outputs: [first] }) => `${first?.name}: ${first?.output}`,
      },
    ];

    expect(joinText(await respond(rules, createModelRequest('weather', outputs)))).toBe(
      'get_weather: 21',
    );
  });

  test('answer with the outputs if `after` is missing', async () => {
    expect(
      joinText(
        await respond([{ say: { call: 'get_weather' } }], createModelRequest('weather', outputs)),
      ),
    ).toBe('21');
  });

  test('can be an async function of the turn', async () => {
    const scenario: ScriptedScenario = async ({ userTexts: texts, round }) =>
      Promise.resolve(`${texts.join('+')} ${round}`);

    expect(joinText(await respond(scenario, createModelRequest('two')))).toBe('two 0');
  });

  test('can return events', async () => {
    async function* events(): AsyncGenerator<ModelEvent, void, void> {
      yield { type: 'text', text: 'Unchanged.' };
    }

    expect(await respond(() => events())).toEqual([{ type: 'text', text: 'Unchanged.' }]);
  });
});

describe('lines', () => {
  test('streams text in pieces without splitting a character', async () => {
    const text =
      'A short text, ünbelievablylongwordwithoutanyspaces 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂\n\nand an end. ';

    const events = withoutEnd(await play(text));

    expect(joinText(events)).toBe(text);
    expect(events.length).toBeGreaterThan(8);
    for (const event of events)
      expect(joinText([event])).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  });

  test('streams the arguments of a call as JSON', async () => {
    const events = withoutEnd(
      await play({ call: 'get_weather', id: 'call_a', with: { city: 'Paris', days: 3 } }),
    );

    expect(events[0]).toEqual({ type: 'toolCall', name: 'get_weather', id: 'call_a' });
    expect(events.length).toBeGreaterThan(2);
    expect(events.map((event) => (event.type === 'arguments' ? event.text : '')).join('')).toBe(
      '{"city":"Paris","days":3}',
    );
  });

  test('writes string arguments unchanged', async () => {
    const events = withoutEnd(await play({ call: 'get_weather', with: '{"city": ' }));

    expect(events.map((event) => (event.type === 'arguments' ? event.text : '')).join('')).toBe(
      '{"city": ',
    );
  });

  test('annotates the mark of a citation', async () => {
    const events = withoutEnd(
      await play(
        'As I read',
        { cite: { id: 'file-a', filename: 'notes.txt' }, quote: 'So it is.' },
        '.',
      ),
    );

    const annotation = events.find((event) => event.type === 'annotation')?.annotation;
    expect(annotation).toMatchObject({
      type: 'file_citation',
      file_citation: { file_id: 'file-a', quote: 'So it is.' },
    });
    expect(joinText(events).slice(annotation?.start_index, annotation?.end_index)).toBe(
      annotation?.text,
    );
  });

  test('cites a file of an earlier line by its name', async () => {
    const events = withoutEnd(
      await play({ attach: 'a.txt', content: 'a' }, ' says so', { cite: 'a.txt' }),
    );

    const file = events.find((event) => event.type === 'file');
    const citation = events.findLast((event) => event.type === 'annotation')?.annotation;
    expect(citation).toMatchObject({ type: 'file_citation', file_citation: { file_id: file?.id } });
    expect(joinText(events).slice(citation?.start_index, citation?.end_index)).toBe(citation?.text);
  });

  test('fails if a line cites a file that no earlier line attaches', async () => {
    await expect(play({ cite: 'missing.txt' })).rejects.toThrow('missing.txt');
  });

  test('counts annotation positions from the start of each message', async () => {
    const cite: ScriptedLine = { cite: { id: 'file-a', filename: 'notes.txt' } };
    const events = withoutEnd(await play('First', cite, { next: 'message' }, 'Second', cite));

    const starts = events.flatMap((event) =>
      event.type === 'annotation' ? [event.annotation.start_index] : [],
    );
    expect(starts).toEqual([5, 6]);
  });

  test('gives each file of an answer its own id', async () => {
    const events = await play(
      { attach: 'a.txt', content: 'a' },
      { attach: 'b.txt', content: new Uint8Array([1, 2]) },
    );

    const files = events.flatMap((event) => (event.type === 'file' ? [event] : []));
    expect(new Set(files.map(({ id }) => id)).size).toBe(2);
    for (const { id } of files) expect(id).toMatch(/^file-[A-Za-z0-9]{24}$/);
    expect(files[1]?.bytes).toEqual(new Uint8Array([1, 2]));
  });

  test.each(['server_error', 'rate_limit_exceeded', 'invalid_prompt'] as const)(
    'throws %s for a fail line',
    async (code) => {
      await expect(play({ fail: code })).rejects.toMatchObject({
        name: 'ModelError',
        code,
        message: expect.stringMatching(/\w/),
      });
      await expect(play({ fail: code, message: 'Because.' })).rejects.toEqual(
        new ModelError(code, 'Because.'),
      );
    },
  );

  test('ends the answer at a cut line', async () => {
    const events = await play('Well', { cut: 'content_filter' }, 'not reached');

    expect(joinText(events)).toBe('Well');
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'content_filter' });
  });

  test('stalls until the signal aborts', async () => {
    const controller = new AbortController();
    const request = { ...createModelRequest('Hello'), signal: controller.signal };
    const iterator = scriptedModel([{ say: [{ stall: true }, 'after'] }])
      .respond(request)
      [Symbol.asyncIterator]();

    const next = iterator.next();
    controller.abort();

    expect(await next).toMatchObject({ done: false, value: { type: 'text' } });
  });

  test('emits images, refusals and messages', async () => {
    const events = withoutEnd(
      await play({ image: 'file-a' }, { next: 'message' }, { refuse: 'No.' }),
    );

    expect(events).toEqual([
      { type: 'image', fileId: 'file-a' },
      { type: 'message' },
      { type: 'refusal', text: 'No.' },
    ]);
  });

  test('reports usage lines instead of the estimate', async () => {
    const estimate = (await play('Hello')).find(({ type }) => type === 'usage');
    const reported = (
      await play('Hello', { usage: { promptTokens: 7, completionTokens: 8 } })
    ).filter(({ type }) => type === 'usage');

    expect(estimate).toMatchObject({ completionTokens: 2 });
    expect(reported).toEqual([{ type: 'usage', promptTokens: 7, completionTokens: 8 }]);
  });
});

describe('pace', () => {
  test('uses no timer by default', async () => {
    vi.useFakeTimers();

    expect(joinText(await play('no timer at all'))).toBe('no timer at all');
  });

  test('waits before each piece', async () => {
    vi.useFakeTimers();
    const received: ModelEvent[] = [];
    const model = scriptedModel([{ say: 'one two three' }], { paceMs: 50 });
    const playing = (async () => {
      for await (const event of model.respond(createModelRequest('Hello'))) received.push(event);
    })();

    await vi.advanceTimersByTimeAsync(100);
    expect(joinText(received)).toBe('one two ');
    await vi.advanceTimersByTimeAsync(50);
    await playing;
    expect(joinText(received)).toBe('one two three');
  });

  test('clears its timer when the signal aborts', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const request = { ...createModelRequest('Hello'), signal: controller.signal };
    const iterator = scriptedModel([{ say: 'one two' }], { paceMs: 50 })
      .respond(request)
      [Symbol.asyncIterator]();

    const next = iterator.next();
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    await next;

    expect(vi.getTimerCount()).toBe(0);
  });
});

test('gives the same conversation the same answer', async () => {
  const scenario: ScriptedScenario = [
    { say: ['Here: ', { attach: 'a.txt', content: 'a' }, { call: 'look', with: { at: 'it' } }] },
  ];

  expect(await respond(scenario)).toEqual(await respond(scenario));
});
