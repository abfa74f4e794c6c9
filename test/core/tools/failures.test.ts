import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ToolContext } from '../../../src/core/tools/FunctionTool.js';
import { defineTool } from '../../../src/hooks/defineTool.js';
import { createToolHarness } from './createToolHarness.js';

const circular: { self?: unknown } = {};
circular.self = circular;

const error = (code: string, message: unknown) => ({ error: { code, message } });
const waitForever = () => new Promise<never>(() => undefined);

afterEach(() => {
  vi.useRealTimers();
});

describe('a handler', () => {
  it.each<[string, (input: unknown, context: ToolContext) => unknown, unknown]>([
    ['returns a text', () => 'plain', 'plain'],
    ['returns an object', () => ({ a: [1] }), '{"a":[1]}'],
    ['returns an empty text', () => '', ''],
    ['returns undefined', () => undefined, 'null'],
    ['returns null', () => null, 'null'],
    ['returns false', () => false, 'false'],
    ['returns a BigInt', () => 12345678901234567890n, '"12345678901234567890"'],
    ['returns an object with a BigInt', () => ({ id: 1n }), '{"id":"1"}'],
    ['returns a circular object', () => circular, '{"self":"[circular]"}'],
    [
      'returns a function',
      () => () => 1,
      error('invalid_output', expect.stringContaining('function')),
    ],
    [
      'returns a symbol',
      () => Symbol('s'),
      error('invalid_output', expect.stringContaining('symbol')),
    ],
    [
      'returns an object whose toJSON throws',
      () => ({
        toJSON() {
          throw new Error('no');
        },
      }),
      error('invalid_output', 'no'),
    ],
    [
      'throws an Error',
      () => {
        throw new Error('broken');
      },
      error('failed', 'broken'),
    ],
    [
      'throws a text',
      () => {
        throw 'broken' as unknown as Error;
      },
      error('failed', 'broken'),
    ],
    ['rejects', () => Promise.reject(new Error('late')), error('failed', 'late')],
    ['rejects with undefined', () => Promise.reject(undefined), error('failed', 'undefined')],
  ])('that %s leads to one submit with a valid output', async (_, execute, expected) => {
    const harness = await createToolHarness([{ call: 'work' }]);
    const work = defineTool({ name: 'work', execute });
    const { followed } = await harness.start({ tools: [work] });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(harness.received).toHaveLength(1);
    const output = harness.received[0]?.['work'] ?? '';
    expect(typeof expected === 'string' ? output : JSON.parse(output)).toEqual(expected);
  });

  it('that exceeds its time limit is aborted, and its output is an error', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'work' }]);
    const signals: AbortSignal[] = [];
    const work = defineTool({
      name: 'work',
      timeoutMs: 300_000,
      execute: (_, { signal }) => {
        signals.push(signal);
        return waitForever();
      },
    });
    const { followed, call } = await harness.start({ tools: [work] });
    await call('work', 'running');
    expect(signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(signals[0]?.aborted).toBe(true);
    expect(JSON.parse(harness.received[0]?.['work'] ?? '')).toEqual(
      error('timeout', expect.stringContaining('300000 ms')),
    );
  });
});

describe('an output', () => {
  it('of 2 MB is truncated to the limit, with a note', async () => {
    const harness = await createToolHarness([{ call: 'work' }]);
    const text = 'x'.repeat(2 * 1024 * 1024);
    const { followed } = await harness.start({
      tools: [defineTool({ name: 'work', execute: () => text })],
    });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    const output = harness.received[0]?.['work'] ?? '';
    expect(output.length).toBeLessThan(256_100);
    expect(output.endsWith('[truncated: 1841152 of 2097152 characters left out]')).toBe(true);
  });

  it('that does not match its schema becomes an error for the model', async () => {
    const harness = await createToolHarness([{ call: 'work' }]);
    const outputSchema = {
      type: 'object',
      properties: { degrees: { type: 'number' } },
      required: ['degrees'],
    };
    const { followed } = await harness.start({
      tools: [defineTool({ name: 'work', outputSchema, execute: () => ({}) })],
    });
    await followed.settled;
    expect(JSON.parse(harness.received[0]?.['work'] ?? '')).toEqual(
      error('invalid_output', expect.stringContaining('degrees')),
    );
  });
});

describe('arguments', () => {
  const inputSchema = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  } as const;
  const cases: [string, string, RegExp][] = [
    [
      'with a __proto__ key',
      '{"city":"Paris","__proto__":{"admin":true}}',
      /reserved field: __proto__/,
    ],
    ['with a nested __proto__ key', '{"city":"Paris","more":[{"__proto__":1}]}', /reserved field/],
    ['with an escaped __proto__ key', '{"city":"Paris","\\u005f_proto__":1}', /reserved field/],
    ['with a duplicate key', '{"city":"Paris","city":"Rome"}', /a field twice: city/],
    [
      'with an escaped duplicate key',
      '{"city":"Paris","c\\u0069ty":"Rome"}',
      /a field twice: city/,
    ],
    ['that are truncated', '{"city":"Par', /not valid JSON/],
    ['that are empty', '', /city/],
    ['that are not an object', '[1]', /array/],
    ['with a value of the wrong type', '{"city":5}', /city: /],
    ['that are not JSON', 'city=Paris', /not valid JSON/],
  ];

  /** Makes a call whose arguments are exactly the given text. */
  const callWith = (text: string) => [
    { event: { type: 'toolCall', name: 'work' } } as const,
    { event: { type: 'arguments', text } } as const,
    { event: { type: 'finish', reason: 'tool_calls' } } as const,
  ];

  it.each(cases)('%s are reported to the model', async (_, text, expected) => {
    const harness = await createToolHarness(callWith(text));
    const execute = vi.fn<(input: { city: string }) => string>(({ city }) => city);
    const { followed } = await harness.start({
      tools: [defineTool({ name: 'work', inputSchema, execute })],
    });
    expect(await followed.settled).toMatchObject({ status: 'completed' });
    expect(execute).not.toHaveBeenCalled();
    expect(JSON.parse(harness.received[0]?.['work'] ?? '')).toEqual(
      error('invalid_arguments', expect.stringMatching(expected)),
    );
  });

  it.each(cases)(
    '%s wait for the user if the tool asks about invalid arguments',
    async (_, text, expected) => {
      const harness = await createToolHarness(callWith(text));
      const work = defineTool({
        name: 'work',
        onInvalidArguments: 'ask',
        inputSchema,
        execute: ({ city }) => city,
      });
      const { engine, followed, call } = await harness.start({ tools: [work] });
      const { id, problem, argumentsText } = await call('work', 'needs-approval');
      expect(problem).toMatch(expected);
      expect(argumentsText).toBe(text);
      await engine.approve(id);
      expect(engine.getState().calls[0]).toMatchObject({ state: 'needs-approval' });
      void engine.approve(id, { argumentsText: '{"city":"Oslo"}' });
      await followed.settled;
      expect(harness.received[0]).toEqual({
        work: '{"edited_arguments":{"city":"Oslo"},"output":"Oslo"}',
      });
    },
  );
});

describe('a call without a tool', () => {
  it('waits for the output of the user', async () => {
    const harness = await createToolHarness([{ call: 'mystery', with: { a: 1 } }]);
    const { engine, followed, call } = await harness.start({ tools: [] });
    const { id } = await call('mystery', 'needs-output');
    expect(await engine.provide(id, { text: 'solved' })).toEqual([]);
    await followed.settled;
    expect(harness.received).toEqual([{ mystery: 'solved' }]);
  });

  it('is reported to the model with `unknownTool: "report"`', async () => {
    const harness = await createToolHarness([{ call: 'mystery' }]);
    const { followed } = await harness.start({ tools: [], unknownTool: 'report' });
    await followed.settled;
    expect(JSON.parse(harness.received[0]?.['mystery'] ?? '')).toEqual(
      error('unknown_tool', expect.stringContaining('mystery')),
    );
  });
});

describe('a run that no longer waits for its calls', () => {
  const review = defineTool({ name: 'review' });
  const createSlowTool = () => {
    const signals: AbortSignal[] = [];
    const slow = defineTool({
      name: 'slow',
      execute: (_, { signal }) => {
        signals.push(signal);
        return waitForever();
      },
    });
    return { slow, signals };
  };

  it('because it has expired aborts its handlers, submits nothing and reports the calls', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const harness = await createToolHarness([{ call: 'slow' }, { call: 'review' }]);
    const { slow, signals } = createSlowTool();
    const { engine, followed, until, call } = await harness.start({ tools: [review, slow] });
    const { id } = await call('review', 'needs-output');
    await call('slow', 'running');
    await engine.provide(id, { text: 'fine' });
    harness.skip(601_000);
    await vi.advanceTimersByTimeAsync(10_000);
    const notice = await until((state) => state.notice);
    expect(notice).toMatchObject({
      reason: 'expired',
      calls: [{ name: 'slow' }, { name: 'review', output: 'fine' }],
    });
    expect(engine.getState()).toMatchObject({
      calls: [{ state: 'expired' }, { state: 'expired' }],
      isSubmitting: false,
      total: 0,
    });
    expect(signals[0]?.aborted).toBe(true);
    expect(await engine.submit()).toBe(false);
    expect(harness.received).toEqual([]);
    expect(await followed.settled).toMatchObject({ status: 'expired' });
  });

  it('because it was cancelled aborts its handlers and reports the calls', async () => {
    const harness = await createToolHarness([{ call: 'slow' }]);
    const { slow, signals } = createSlowTool();
    const { followed, until, call } = await harness.start({ tools: [slow] });
    await call('slow', 'running');
    await followed.stop();
    expect(await until((state) => state.notice)).toMatchObject({ reason: 'cancelled' });
    expect(signals[0]?.aborted).toBe(true);
    expect(harness.received).toEqual([]);
  });

  it('because another client has answered keeps the output of this one and reports it', async () => {
    const harness = await createToolHarness([{ call: 'review' }]);
    const { engine, until, call, runId } = await harness.start({
      tools: [review],
      submit: 'manual',
    });
    const { id } = await call('review', 'needs-output');
    await engine.provide(id, { text: 'mine' });
    await harness.client.submitToolOutputsToRun({
      threadId: harness.thread.id,
      runId,
      body: { tool_outputs: [{ tool_call_id: id, output: 'theirs' }] },
    });
    expect(await engine.submit()).toBe(false);
    expect(await until((state) => state.notice)).toMatchObject({
      reason: 'answered',
      calls: [{ state: 'done', output: 'mine' }],
    });
    await until(({ calls }) => calls[0]?.state === 'submitted' && calls[0].output === 'theirs');
    expect(engine.getState().error).toBeUndefined();
    expect(harness.received).toEqual([{ review: 'theirs' }]);
  });
});

it('keeps the outputs when a submit fails, and submits them again on request', async () => {
  const harness = await createToolHarness([{ call: 'work' }]);
  const execute = vi.fn<() => string>(() => 'once');
  let isBroken = true;
  harness.intercept(async ({ url }) =>
    isBroken && url.endsWith('/submit_tool_outputs')
      ? new Response('no', { status: 500 })
      : undefined,
  );
  const { engine, followed, until } = await harness.start({
    tools: [defineTool({ name: 'work', execute })],
  });
  expect(await until((state) => state.error)).toMatchObject({ kind: 'http', status: 500 });
  expect(engine.getState()).toMatchObject({
    calls: [{ state: 'done', output: 'once' }],
    isSubmitting: false,
  });
  isBroken = false;
  expect(await engine.submit()).toBe(true);
  expect(await followed.settled).toMatchObject({ status: 'completed' });
  expect(harness.received).toEqual([{ work: 'once' }]);
  expect(execute).toHaveBeenCalledTimes(1);
});
